-- What would let programs see another register than the one that is verified.

-- name: searched
-- As the connection came, whatever is searched by then: nothing else is named here.
select pg_catalog.current_setting('search_path');

-- name: disguises
-- One row for each; none is as it has to be.
with names (name) as (
    values ('register'), ('registrations'), ('log_state'), ('log_tiles'),
           ('log_entries'), ('log_heads'), ('log_checkpoints'), ('log_keys')
), ours as (
    select oid, relkind, relrowsecurity, name
      from pg_catalog.pg_class
      join names on name = relname
     where relnamespace = 'public'::pg_catalog.regnamespace
), paths (path) as (
    select %(searched)s
     union
    select reset_val
      from pg_catalog.pg_settings
     where name = 'search_path'
     union
    select pg_catalog.substr(setting, 13)
      from pg_catalog.pg_db_role_setting
     cross join pg_catalog.unnest(setconfig) as setting
     where pg_catalog.starts_with(setting, 'search_path=')
       and (setdatabase = 0
            or setdatabase = (select oid
                                from pg_catalog.pg_database
                               where datname = pg_catalog.current_database()))
), sought as (
    -- "A name in quotes", which may hold commas, or one without.
    select path, n,
           coalesce(pg_catalog.replace(part[1], '""', '"'), pg_catalog.lower(part[2]))
               as schema
      from paths
     cross join pg_catalog.regexp_matches(
               path, '"((?:[^"]|"")*)"|([^",\s][^,\s]*)', 'g'
           ) with ordinality as found (part, n)
), before as (
    -- Unless a path names pg_catalog, it is searched first.
    select pg_namespace.oid as schema
      from sought as one
      join pg_catalog.pg_namespace
        on nspname = schema
        or (schema = '$user' and nspname in (select rolname from pg_catalog.pg_roles))
     where n < (select pg_catalog.min(n)
                  from sought
                 where path = one.path
                   and schema = 'pg_catalog')
), meant (schema, kind, name) as (
    select pronamespace, 'function', proname
      from pg_catalog.pg_proc
     union all
    select oprnamespace, 'operator', oprname
      from pg_catalog.pg_operator
     union all
    select typnamespace, 'type', typname
      from pg_catalog.pg_type
)
-- Somebody's functions, operators or types are found before PostgreSQL's of that name.
select 'search_path' as what
 where exists (
           select
             from before
             join meant using (schema)
             join meant as system using (kind, name)
            where system.schema = 'pg_catalog'::pg_catalog.regnamespace
       )
union all
-- Programs search the views' schemas before ours, and others as they are told to. A
-- table in another session's temporary schema is seen by that one alone.
select nspname::text || '.' || name
  from names
  join pg_catalog.pg_class on relname = name
  join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
 where nspname <> 'public'
   and not pg_catalog.pg_is_other_temp_schema(relnamespace)
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
-- A cast of somebody's own between two types of PostgreSQL's; one that goes through
-- their words calls nothing but what is theirs.
select castsource::pg_catalog.regtype::text || ' -> '
           || casttarget::pg_catalog.regtype::text
  from pg_catalog.pg_cast
 where oid >= 16384
   and castmethod <> 'i'
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
