-- name: only_read
-- For whoever checks on a connection of his own, whatever it is asked to do.
set role disposisi_reader;
set default_transaction_read_only = on;

-- name: own_names
-- The database's owner sets which schemas are searched, and with it whose functions,
-- operators and tables a name without its schema means. Here it is PostgreSQL's alone,
-- ours bear theirs: one operator in `public` that fits better would be taken.
set search_path = pg_catalog, pg_temp;

-- name: names_as_before
select set_config('search_path', %(path)s, false);
