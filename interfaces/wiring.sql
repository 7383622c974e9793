-- As what the readers of a worker look at the database.

-- name: as_reader
-- Whatever a reader writes but documents is refused.
set role disposisi_reader;

-- name: limit
select set_config('statement_timeout', %(longest)s, false);
