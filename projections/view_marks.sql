-- The marks of the views.

-- name: positions
select schema, position
  from views;

-- name: move
-- Fewer rows are moved when another projector has moved one meanwhile.
update views
   set position = %(new)s,
       moved_at = clock_timestamp(),
       looked_at = clock_timestamp()
 where schema = any(%(schemas)s::text[])
   and position = %(old)s;

-- name: look
update views
   set looked_at = clock_timestamp()
 where schema = any(%(schemas)s::text[]);

-- name: keep
insert into views (schema, name, version, position)
values (%(schema)s, %(name)s, %(version)s, %(position)s)
    on conflict (schema) do update
   set name = excluded.name,
       version = excluded.version,
       position = excluded.position,
       moved_at = clock_timestamp(),
       looked_at = clock_timestamp();

-- name: stand_still
select 1
  from views
 where schema = any(%(schemas)s::text[])
 order by schema
   for update;

-- name: halt
-- Who comes behind us waits with us: not for long, then.
set local lock_timeout = '300ms';
lock table views in access exclusive mode;

-- name: forget
delete from views
 where schema = %(schema)s;

-- name: versions
select version
  from views
 where name = %(name)s
 union
select version
  from rebuilds
 where name = %(name)s
 order by version;
