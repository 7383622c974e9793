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
