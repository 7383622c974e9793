-- What unit_changes.py writes and reads.

-- name: lock
-- Two who enter changes at once take turns, so that together they make no circle.
lock table unit_changes in share row exclusive mode;

-- name: insert
insert into unit_changes (agency, old_path, new_path, effective_on, decree, recorded_at)
values (%(agency)s, %(old)s, %(new)s, %(effective_on)s, %(decree)s, %(at)s);

-- name: everything
select agency, old_path as old, new_path as new, effective_on, decree
  from unit_changes
 order by agency, effective_on, old_path;

-- name: units
-- Also of the disabled: what they wrote still climbs.
select distinct unit
  from officials
 where agency = %(agency)s
   and unit is not null;

-- name: announce
select pg_notify('directory', %(agency)s);
