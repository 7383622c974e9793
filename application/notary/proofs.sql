-- name: covered
-- The last line of a stream, or this version of it, up to a position.
select originator_version, notification_id
  from register
 where originator_id = %(stream)s
   and notification_id <= %(position)s
   and originator_version = coalesce(%(version)s, originator_version)  -- null: the last
 order by originator_version desc
 limit 1;
