-- The register's lines, to be hashed as they are stored.
-- json keeps the text that was sent, and gives it back byte for byte; without a cast,
-- which a database's owner could have made himself. Every name bears its schema: he
-- sets in which order schemas are searched as well.

-- name: page_after
select notification_id, originator_id, originator_version, topic, state,
       event_id, occurred_at, recorded_at, metadata
  from public.register
 where notification_id operator(pg_catalog.>) %s
 order by notification_id
 limit %s;

-- name: unhashed_after
-- An entry's beginning as leaf.py has it; the payload; the context. Nothing is hashed.
-- What lacks a part is null; of a beginning the place alone is told then.
select '\x64737001'::pg_catalog.bytea
           operator(pg_catalog.||) pg_catalog.int8send(notification_id)
           operator(pg_catalog.||) coalesce(
               pg_catalog.uuid_send(originator_id)
                   operator(pg_catalog.||) pg_catalog.int8send(originator_version)
                   operator(pg_catalog.||) pg_catalog.set_byte(
                       '\x00', 0, pg_catalog.octet_length(pg_catalog.textsend(topic))
                   )
                   operator(pg_catalog.||) pg_catalog.textsend(topic),
               ''
           ),
       state,
       pg_catalog.uuid_send(event_id)
           operator(pg_catalog.||) pg_catalog.timestamptz_send(occurred_at)
           operator(pg_catalog.||) pg_catalog.timestamptz_send(recorded_at)
           operator(pg_catalog.||) pg_catalog.json_send(metadata)
  from public.register
 where notification_id operator(pg_catalog.>) %s
 order by notification_id
 limit %s;

-- name: digested_after
-- The digests are of the bytes that page_after would send.
select notification_id, originator_id, originator_version, topic,
       pg_catalog.sha256(state)
           operator(pg_catalog.||) pg_catalog.sha256(
               pg_catalog.uuid_send(event_id)
               operator(pg_catalog.||) pg_catalog.timestamptz_send(occurred_at)
               operator(pg_catalog.||) pg_catalog.timestamptz_send(recorded_at)
               operator(pg_catalog.||) pg_catalog.json_send(metadata)
           )
  from public.register
 where notification_id operator(pg_catalog.>) %s
 order by notification_id
 limit %s;

-- name: lines_of
select notification_id, originator_id, originator_version, topic, state,
       event_id, occurred_at, recorded_at, metadata
  from public.register
 where originator_id operator(pg_catalog.=) %s
   and originator_version operator(pg_catalog.<=)
       coalesce(%s, 9223372036854775807)         -- null: all of them
 order by originator_version;
