-- How principals.py hears of changes of the directory.

-- name: listen
listen directory;

-- name: listen_to_sessions
listen sessions;

-- name: ask
-- Whether the connection still answers.
select 1;
