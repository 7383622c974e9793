-- The desk's own connection: what became of a commit that nobody answered.

-- name: end_backend
-- The server may still be working on what the lost connection sent.
select pg_terminate_backend(pid) from pg_stat_activity where application_name = %(name)s;

-- name: backend_lives
select exists (select from pg_stat_activity where application_name = %(name)s);

-- name: take_role
set role disposisi_desk;
