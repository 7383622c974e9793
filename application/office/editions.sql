-- What editions.py keeps of the office calendar; see 0007_calendars.sql.

-- name: enter_built_in
-- The first one is in force at once; a later release's waits to be announced.
insert into calendar_editions (edition, ordinal, body)
select %(edition)s, case when not exists (select from calendar_editions) then 1 end,
       %(body)s
    on conflict do nothing;

-- name: body
select body
  from calendar_editions
 where edition = %(edition)s;

-- name: everything
select edition, ordinal is not null, based_on, body
  from calendar_editions
 order by ordinal nulls first;

-- name: hold_the_register
-- The register's order: whoever appends afterwards sees the edition entered before.
select pg_advisory_xact_lock(x'64697370'::integer, 1);

-- name: enter
insert into calendar_editions (edition, ordinal, based_on, body)
select %(edition)s, coalesce(max(ordinal), 0) + 1, %(based_on)s, %(body)s
  from calendar_editions;

-- name: announce
select pg_notify('calendar_announced', %(edition)s);
