-- What is told of an entry of the trail besides where it stands.

-- name: cases
-- To which case each of these histories belongs that stand beside one.
select stream, case_id
  from trail_beside
 where stream = any(%(streams)s::uuid[]);

-- name: numbers
-- Of the list of cases, which is another view's.
select case_id, registration_number
  from cases
 where case_id = any(%(cases)s::uuid[]);

-- name: lines
-- As they stand in the register.
select notification_id, originator_id, originator_version, topic, state,
       event_id, occurred_at, recorded_at, metadata::text
  from register
 where notification_id = any(%(positions)s::bigint[]);
