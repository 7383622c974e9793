-- What likeness.py looks for; marks are written with the person, by people.py.

-- name: alike
-- Every matter of each one, newest first; those that begin with a receipt are cases.
-- Whose data nobody uses for the time being is not found.
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
 where not exists (
           select
             from restricted_persons
            where restricted_persons.person = found.person
       )
 order by notification_id desc
 limit %(limit)s;

-- name: bearers
-- Of each one what he told last; what he was called before needs no opening.
select person, record, wrapped_key
  from (select distinct on (person) person, record, wrapped_key, notification_id
          from unnest(%(agency)b::text[], %(kind)b::text[], %(hash)b::bytea[])
               as wanted (agency, kind, hash)
          join likenesses using (agency, kind, hash)
          join persons using (person)
          join sealed using (person)
          join register
            on originator_id = record
           and originator_version = 1
         where field = 'identity'
           and wrapped_key is not null
           and not exists (
                   select
                     from restricted_persons as closed
                    where closed.person = sealed.person
               )
         order by person, notification_id desc) as newest
 order by notification_id desc
 limit %(limit)s;

-- name: keep_secret
insert into kept_secrets (name, wrapped_key)
values (%(name)s, %(wrapped_key)s)
    on conflict do nothing;

-- name: secret
select wrapped_key
  from kept_secrets
 where name = %(name)s;
