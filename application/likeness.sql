-- What likeness.py looks for; marks are written with the person, by people.py.

-- name: alike
-- Every matter of each one; those that begin with a receipt are cases.
select found.person, found.agency, originator_id, topic, state
  from (select distinct person, agency
          from unnest(%(agency)b::text[], %(kind)b::text[], %(hash)b::bytea[])
               as wanted (agency, kind, hash)
          join likenesses using (agency, kind, hash)) as found
 cross join lateral (
           select distinct record
             from sealed
            where sealed.person = found.person
       ) as his
  join register
    on originator_id = his.record
   and originator_version = 1
 order by found.person, notification_id;

-- name: bearers
select distinct person, record, wrapped_key
  from unnest(%(agency)b::text[], %(kind)b::text[], %(hash)b::bytea[])
       as wanted (agency, kind, hash)
  join likenesses using (agency, kind, hash)
  join persons using (person)
  join sealed using (person)
 where field = 'identity'
   and wrapped_key is not null;

-- name: keep_secret
insert into kept_secrets (name, wrapped_key)
values (%(name)s, %(wrapped_key)s)
    on conflict do nothing;

-- name: secret
select wrapped_key
  from kept_secrets
 where name = %(name)s;
