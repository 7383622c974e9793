-- The register's lines, to be hashed as they are stored.
-- json keeps the text that was sent, and metadata::text gives it back byte for byte.

-- name: page_after
select notification_id, originator_id, originator_version, topic, state,
       event_id, occurred_at, recorded_at, metadata::text
  from register
 where notification_id > %s
 order by notification_id
 limit %s;

-- name: unhashed_after
-- An entry's beginning as leaf.py has it; the payload; the context. Nothing is hashed.
select '\x64737001'::bytea
           || int8send(notification_id)
           || uuid_send(originator_id)
           || int8send(originator_version)
           || set_byte('\x00', 0, octet_length(textsend(topic)))
           || textsend(topic),
       state,
       uuid_send(event_id)
           || timestamptz_send(occurred_at)
           || timestamptz_send(recorded_at)
           || textsend(metadata::text)
  from register
 where notification_id > %s
 order by notification_id
 limit %s;

-- name: digested_after
-- The digests are of the bytes that page_after would send.
select notification_id, originator_id, originator_version, topic,
       sha256(state)
           || sha256(
                  uuid_send(event_id)
                  || timestamptz_send(occurred_at)
                  || timestamptz_send(recorded_at)
                  || textsend(metadata::text)
              )
  from register
 where notification_id > %s
 order by notification_id
 limit %s;

-- name: lines_of
select notification_id, originator_id, originator_version, topic, state,
       event_id, occurred_at, recorded_at, metadata::text
  from register
 where originator_id = %s
   and originator_version <= coalesce(%s, 9223372036854775807)  -- null: all of them
 order by originator_version;
