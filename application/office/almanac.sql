-- How almanac.py hears of new editions.

-- name: listen
listen calendar_announced;

-- name: ask
-- Whether the connection still answers.
select 1;
