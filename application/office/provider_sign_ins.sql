-- What provider_sign_ins.py writes and reads; a cookie's secret itself is never stored.

-- name: begin
insert into provider_sign_ins (hash, began_at, session, step_up)
values (%(hash)s, %(at)s, %(session)s, %(step_up)s);

-- name: sweep
delete from provider_sign_ins where began_at <= %(began_after)s;

-- name: take
delete from provider_sign_ins
 where hash = %(hash)s
   and began_at > %(began_after)s
returning began_at, session, step_up;
