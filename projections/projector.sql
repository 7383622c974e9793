-- What projector.py says besides the work on its views.

-- name: take_role
set role disposisi_desk;

-- name: announce
-- Heard when the transaction commits, with the rows and the mark.
select pg_notify(%(channel)s, view || ' ' || %(position)s::bigint)
  from unnest(%(views)s::text[]) as view;
