-- The notary's tables: how far the log has come, its tiles, entries and streams' heads.

-- name: standing
select size, stopped_at, reason, stopped_since
  from public.log_state;

-- name: tiles
select level, n, hashes
  from public.log_tiles
 where (level, n) in (select * from unnest(%(levels)s::smallint[], %(ns)s::bigint[]));

-- name: bundles
select n, entries
  from public.log_entries
 where n between %(first)s and %(last)s
 order by n;

-- name: bundle_at
-- Entries stand in the order of positions: the last bundle that begins no later.
select n, entries
  from public.log_entries
 where first_position <= %(position)s
 order by first_position desc
 limit 1;

-- name: heads
select stream, version, index, hash
  from public.log_heads
 where stream = any(%(streams)b::uuid[]);

-- name: take_role
-- Of sealer and signer, who alone may write here. A name without its schema means
-- PostgreSQL's own, whatever is searched elsewhere: as in verify.sql.
set role disposisi_notary;
set search_path = pg_catalog, pg_temp;

-- name: grow
update public.log_state
   set size = %(size)s,
       stopped_at = null,
       reason = null,
       stopped_since = null;

-- name: stop
update public.log_state
   set stopped_at = %(position)s,
       reason = %(reason)s,
       stopped_since = case
           when stopped_at = %(position)s then stopped_since
           else clock_timestamp()
       end;

-- name: go_on
update public.log_state
   set stopped_at = null,
       reason = null,
       stopped_since = null
 where stopped_at is not null;

-- name: refuse
update public.log_state
   set unsigned_since = clock_timestamp()
 where unsigned_since is null;

-- name: sign_again
update public.log_state
   set unsigned_since = null
 where unsigned_since is not null;

-- name: write_tiles
insert into public.log_tiles (level, n, hashes)
select * from unnest(%(levels)b::bigint[], %(ns)b::bigint[], %(hashes)b::bytea[])
    on conflict (level, n) do update
   set hashes = excluded.hashes;

-- name: write_bundles
insert into public.log_entries (n, first_position, entries)
select * from unnest(%(ns)b::bigint[], %(firsts)b::bigint[], %(entries)b::bytea[])
    on conflict (n) do update
   set entries = excluded.entries;

-- name: write_heads
insert into public.log_heads (stream, version, index, hash)
select * from unnest(
    %(streams)b::uuid[], %(versions)b::bigint[], %(indexes)b::bigint[],
    %(hashes)b::bytea[]
)
    on conflict (stream) do update
   set version = excluded.version, index = excluded.index, hash = excluded.hash;
