-- How books.py copies load data into the register and the books beside it.

-- name: hold
-- Lock 1 of 0001_register.sql, for the session: nobody else records meanwhile.
select pg_advisory_lock(x'64697370'::integer, 1);

-- name: let_go
select pg_advisory_unlock(x'64697370'::integer, 1);

-- name: copy_persons
copy persons (person, agency, wrapped_key, created_at) from stdin with (format binary);

-- name: copy_sealed
copy sealed (person, record, field, ciphertext) from stdin with (format binary);

-- name: copy_registrations
copy registrations (registration_number, case_id) from stdin with (format binary);

-- name: copy_reports
copy lapor_reports (tracking_id, case_id) from stdin with (format binary);

-- name: move_counters
insert into counters (agency, year, last)
select * from unnest(%(agencies)s::text[], %(years)s::bigint[], %(lasts)s::bigint[])
    on conflict (agency, year) do update set last = excluded.last;

-- name: copy_register
-- Positions are drawn in the order of the lines.
copy register (originator_id, originator_version, topic, state, event_id, occurred_at,
               recorded_at, metadata)
from stdin with (format binary);

-- name: announce
select pg_notify('register', max(notification_id)::text) from register;

-- name: analyse
-- Nobody waits for the statistics of tables that were empty a moment ago.
analyze register, persons, sealed, registrations, lapor_reports;
