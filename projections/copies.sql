-- Which schemas a connection's statements mean, and whether one is there.

-- name: look_in
-- `public` holds what is no view's: the register, the people, the desk's book.
select set_config('search_path',
                  (select string_agg(quote_ident(schema), ', ' order by n)
                     from unnest(%(schemas)s::text[] || '{public}'::text[])
                     with ordinality as named (schema, n)),
                  false);

-- name: exists
select 1
  from pg_namespace
 where nspname = %(schema)s;

-- name: tables
select relname
  from pg_class
 where relnamespace = to_regnamespace(%(schema)s)
   and relkind = 'r'
 order by relname;

-- name: hold
-- It takes no snapshot yet: what is read afterwards is as it stands when this is had.
lock table views in access share mode;
