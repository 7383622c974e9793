-- What projector.py says besides the work on its views.

-- name: take_role
-- A page lost with the server is lost with its marks, and folded again: no commit of
-- ours has to wait for the disk, as the desk's have to.
set role disposisi_desk;
set synchronous_commit = off;

-- name: announce
-- Heard when the transaction commits, with the rows and the mark.
select pg_notify(%(channel)s, schema || ' ' || %(position)s::bigint)
  from unnest(%(schemas)s::text[]) as schema;
