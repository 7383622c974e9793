-- How far the views are behind the register; asked by lag.py.

-- name: take_role
-- Of whoever asks on a connection of his own: he looks and changes nothing, and what
-- takes longer than this comes too late for him.
set role disposisi_reader;
set default_transaction_read_only = on;
set statement_timeout = '1500ms';

-- name: of_views
-- Positions may have holes, so the lines ahead are counted. More than a thousand are
-- not: the positions tell well enough then, and the count would cost more and more.
select views.name,
       views.position,
       head.position as head,
       case when head.position - views.position <= 1000
            then (select count(*)
                    from register
                   where notification_id > views.position)
            else head.position - views.position
       end as events,
       -- Null without a line ahead; below nothing where two clocks differ.
       coalesce(greatest(extract(epoch from now.is - oldest.recorded_at), 0),
                0)::float8 as seconds,
       extract(epoch from now.is - views.moved_at)::float8 as moved_age,
       extract(epoch from now.is - views.looked_at)::float8 as looked_age,
       (select count(*)
          from parked
         where parked.schema = views.schema) as parked
  from views
 cross join (select clock_timestamp() as is) as now
 cross join (select coalesce(max(notification_id), 0) as position
               from register) as head
  left join lateral (select recorded_at
                       from register
                      where notification_id > views.position
                      order by notification_id
                      limit 1) as oldest on true
 where views.schema = any(%(schemas)s::text[])
 order by views.name;

-- name: of_rebuilds
select name, version, lines, folded
  from rebuilds
 order by name, version;

-- name: is_filling
-- Who has the turn holds our lock 3, as rebuilds.sql takes it; it ends with him.
select 1
  from pg_locks
 where locktype = 'advisory'
   and database = (select oid
                     from pg_database
                    where datname = current_database())
   and classid = x'64697370'::integer::oid
   and objid = 3
   and objsubid = 2
   and granted;
