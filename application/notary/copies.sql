-- The database's copy of the log, read as it stands.

-- name: tiles
select n, hashes
  from public.log_tiles
 where level = %(level)s
   and n between %(first)s and %(last)s
 order by n;

-- name: checkpoint_sizes
select size
  from public.log_checkpoints
 order by size;

-- name: checkpoint
select note
  from public.log_checkpoints
 where size = %(size)s;
