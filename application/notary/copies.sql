-- The database's copy of the log, read as it stands.

-- name: tiles
select n, hashes
  from log_tiles
 where level = %(level)s
   and n between %(first)s and %(last)s
 order by n;

-- name: checkpoint_sizes
select size
  from log_checkpoints
 order by size;

-- name: checkpoint
select note
  from log_checkpoints
 where size = %(size)s;
