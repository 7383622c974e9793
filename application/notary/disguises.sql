-- What would let programs see another register than the one that is verified.

-- name: disguises
-- One row for each; none is as it has to be.
with path as (
    select n, pg_catalog.btrim(each, ' "') as schema
      from pg_catalog.pg_settings,
           pg_catalog.string_to_table(reset_val, ',') with ordinality as part (each, n)
     where name = 'search_path'
), sought as (
    select n, case schema when '$user' then session_user::text else schema end as schema
      from path
), ours as (
    select oid, relkind, relrowsecurity, relname::text as name
      from pg_catalog.pg_class
     where relnamespace = 'public'::pg_catalog.regnamespace
       and relname in ('register', 'registrations', 'log_state', 'log_tiles',
                       'log_entries', 'log_heads', 'log_checkpoints', 'log_keys')
)
-- Others' functions, operators and tables are found before PostgreSQL's own.
select 'search_path' as what
 where exists (select from sought where schema = 'pg_catalog' and n > 1)
union all
-- Another table is found before ours.
select schema || '.' || name
  from sought
  join pg_catalog.pg_namespace on nspname = schema
  join pg_catalog.pg_class as other on other.relnamespace = pg_namespace.oid
  join ours on ours.name = other.relname
 where schema <> 'public'
union all
-- A view, or a policy that hides lines from some.
select name
  from ours
 where relkind <> 'r'
    or relrowsecurity
union all
-- A value that goes through another type's words, or a place that can be null.
select 'register.' || attname
  from ours
  join pg_catalog.pg_attribute on attrelid = ours.oid
 where name = 'register'
   and (attname, atttypid::pg_catalog.regtype::text) not in (
           ('originator_id', 'uuid'),
           ('originator_version', 'bigint'),
           ('topic', 'text'),
           ('state', 'bytea'),
           ('notification_id', 'bigint'),
           ('event_id', 'uuid'),
           ('occurred_at', 'timestamp with time zone'),
           ('recorded_at', 'timestamp with time zone'),
           ('metadata', 'json')
       )
   and attname in ('originator_id', 'originator_version', 'topic', 'state',
                   'notification_id', 'event_id', 'occurred_at', 'recorded_at',
                   'metadata')
union all
select 'register.notification_id'
  from ours
  join pg_catalog.pg_attribute on attrelid = ours.oid
 where name = 'register'
   and attname = 'notification_id'
   and not attnotnull
union all
-- A cast of somebody's own between two types of PostgreSQL's.
select castsource::pg_catalog.regtype::text || ' -> '
           || casttarget::pg_catalog.regtype::text
  from pg_catalog.pg_cast
 where oid >= 16384
   and castsource::pg_catalog.int8 < 16384
   and casttarget::pg_catalog.int8 < 16384
union all
-- A function of PostgreSQL's, written anew: it would be put into the statement's place.
select proname::text
  from pg_catalog.pg_proc
  join pg_catalog.pg_language on pg_language.oid = prolang
 where pronamespace = 'pg_catalog'::pg_catalog.regnamespace
   and proname in ('int8send', 'uuid_send', 'timestamptz_send', 'textsend', 'json_send',
                   'byteacat', 'set_byte', 'octet_length', 'sha256', 'int8gt',
                   'int84gt', 'int82gt', 'uuid_eq', 'int8le')
   and lanname <> 'internal';
