-- name: covered
-- The last line of a stream, or this version of it, up to a position.
select notification_id
  from public.register
 where originator_id = %(stream)s
   and notification_id <= %(position)s
   and originator_version = coalesce(%(version)s, originator_version)  -- null: the last
   and originator_version <= coalesce(%(upto)s, originator_version)    -- null: any
 order by originator_version desc
 limit 1;
