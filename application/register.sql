-- What register.py asks of the register; its lines come in by register_append alone.

-- name: append
select register_append(
    %(streams)b::uuid[], %(versions)b::bigint[], %(tags)b::text[], %(states)b::bytea[],
    %(event_ids)b::uuid[], %(occurred_at)b::timestamptz[],
    %(recorded_at)b::timestamptz[], %(metadata)b::text[],
    %(decided_under)s::text                     -- null: rests on no calendar
);

-- name: histories
-- Only what a decision needs: what happened, when, and who entered it. In a sub-select
-- the array leaves the plan alone, which is then made once and not for every array.
select originator_id, originator_version, topic, state, occurred_at, recorded_at,
       metadata::text
  from public.register
 where originator_id = any((select %(streams)b::uuid[])::uuid[])
 order by originator_id, originator_version;

-- name: lines_of
select notification_id, originator_id, originator_version, topic, state,
       event_id, occurred_at, recorded_at, metadata::text
  from public.register
 where originator_id = %(stream)s
   and originator_version > %(after)s
 order by originator_version
 limit %(limit)s;                 -- a null limit is none

-- name: lines_of_all
select notification_id, originator_id, originator_version, topic, state,
       event_id, occurred_at, recorded_at, metadata::text
  from public.register
 where originator_id = any(%(streams)b::uuid[])
 order by originator_id, originator_version;

-- name: page_after
select notification_id, originator_id, originator_version, topic, state,
       event_id, occurred_at, recorded_at, metadata::text
  from public.register
 where notification_id > %(position)s
 order by notification_id
 limit %(limit)s;

-- name: histories_after
-- History by history, not in the order of recording, as far as `upto`.
select notification_id, originator_id, originator_version, topic, state,
       event_id, occurred_at, recorded_at, metadata::text
  from public.register
 where (originator_id, originator_version) > (%(stream)s, %(version)s)
   and notification_id <= %(upto)s
 order by originator_id, originator_version
 limit %(limit)s;

-- name: lines_upto
select count(*)
  from public.register
 where notification_id <= %(position)s;

-- name: find_events
select notification_id, originator_id, originator_version, topic, state,
       event_id, occurred_at, recorded_at, metadata::text
  from public.register
 where event_id = any(%(event_ids)b::uuid[])
 order by notification_id;

-- name: head
select coalesce(max(notification_id), 0)
  from public.register;
