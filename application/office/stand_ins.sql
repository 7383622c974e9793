-- What stand_ins.py writes and reads.

-- name: lock
-- Two who enter the same appointment at once take turns.
lock table stand_ins in share row exclusive mode;

-- name: insert
insert into stand_ins
       (agency, official, acting_for, capacity, first, last, decree, recorded_at)
values (%(agency)s, %(official)s, %(acting_for)s, %(capacity)s, %(first)s, %(last)s,
        %(decree)s, %(at)s);

-- name: everything
-- The latest line of each appointment.
select distinct on (agency, acting_for, first, official, capacity)
       agency, official, acting_for, capacity, first, last, decree
  from stand_ins
 order by agency, acting_for, first, official, capacity, position desc;

-- name: in_office
select id
  from officials
 where agency = %(agency)s
   and id = any(%(ids)s)
   and (disabled_at is null or id = %(acting_for)s);  -- a post may be vacant (Plt.)

-- name: announce
select pg_notify('directory', %(agency)s);
