-- The entries that views could not take.

-- name: parked
select schema, stream, version, position, tag, error, parked_at
  from parked
 where schema = any(%(schemas)s::text[])
 order by schema, position;

-- name: take_over
update parked
   set schema = %(new)s
 where schema = %(old)s;

-- name: forget
delete from parked
 where schema = %(schema)s;

-- name: lines
select notification_id, originator_id, originator_version, topic, state,
       event_id, occurred_at, recorded_at, metadata::text
  from parked
  join register on notification_id = parked.position
 where schema = %(schema)s
 order by originator_id, originator_version;
