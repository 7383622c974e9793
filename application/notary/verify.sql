-- name: only_read
-- For whoever checks on a connection of his own, whatever it is asked to do.
set role disposisi_reader;
set default_transaction_read_only = on;
