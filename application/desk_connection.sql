-- The desk's own connection: what became of a commit that nobody answered.

-- name: end_backends
-- The server may still be working on what a lost connection sent. Ends those backends,
-- again if need be, and answers how many still lived.
select count(pg_terminate_backend(pid))
  from pg_stat_activity
 where application_name = any(%(names)s);

-- name: take_role
set role disposisi_desk;
