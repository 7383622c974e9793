-- Whose histories have to tell of an erasure that a backup undid.

-- name: be_the_only_one
select pg_advisory_xact_lock(x'64697370'::integer, 9);

-- name: records
select distinct record, person
  from sealed
 where person = any(%(persons)b::uuid[])
 order by record;
