-- The versions of the views, and the lock under which they are changed.

-- name: lock
-- Our lock 3 (1 is the register's order, 2 the migrations); until the transaction ends.
select pg_advisory_xact_lock(x'64697370'::integer, 3);

-- name: versions
select name, version
  from views;

-- name: keep_version
insert into views (name, version)
values (%(name)s, %(version)s)
    on conflict (name) do update set version = excluded.version;

-- name: forget_parked
delete from parked
 where view = %(view)s;
