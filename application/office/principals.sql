-- How principals.py hears of changes of the directory.

-- name: listen
listen directory;

-- name: ask
-- Whether the connection still answers.
select 1;
