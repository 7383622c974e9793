-- name: receipts
select originator_id, topic, state
  from register
 where originator_id = any(%(cases)b::uuid[])
   and topic = any(%(tags)s::text[])
 order by originator_id, originator_version;
