-- The end of a log that can't go on: what was signed of it moves aside.

-- name: own_names
-- As in verify.sql.
set search_path = pg_catalog, pg_temp;

-- name: last_ended
select successor
  from public.earlier_logs
 order by n desc
 limit 1;

-- name: end_log
insert into public.earlier_logs (n, successor)
select coalesce(max(n), 0) + 1, %(successor)s
  from public.earlier_logs
returning n;

-- name: keep_checkpoints
insert into public.earlier_log_checkpoints (log, size, note, made_at)
select %(log)s, size, note, made_at
  from public.log_checkpoints;

-- name: keep_keys
insert into public.earlier_log_keys (log, n, verifier_key, introduction, known_since)
select %(log)s, n, verifier_key, introduction, known_since
  from public.log_keys;

-- name: ours_too
-- Until the transaction ends: the trigger below names our tables without their schema.
set local search_path = pg_catalog, public, pg_temp;

-- name: drop_checkpoints
-- A trigger lets go of nothing that is not kept.
delete from public.log_checkpoints;

-- name: drop_keys
delete from public.log_keys;
