-- What switching.py says besides moving schemas and marks.

-- name: announce
select pg_notify(%(channel)s, %(schema)s::text || ' ' || %(position)s::bigint);

-- name: be_patient
-- Seconds: longer than a list takes, and shorter than anybody waits for us.
set local lock_timeout = '5s';
