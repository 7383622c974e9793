-- name: only_read
-- For whoever checks on a connection of his own, whatever it is asked to do.
set role disposisi_reader;
set default_transaction_read_only = on;

-- name: own_names
-- As in ledger.sql: the database's owner sets in which order schemas are searched, and
-- with it whose functions, operators and tables a name without its schema means.
set search_path = pg_catalog, public, pg_temp;
