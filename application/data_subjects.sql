-- What is known of a person beside what is sealed: ids, times and numbers.

-- name: person
select persons.person, agency, erased_at,
       restricted_persons.person is not null as restricted
  from persons
  left join restricted_persons using (person)
 where persons.person = %(person)s;

-- name: key
select person, wrapped_key as wrapped, agency
  from persons
 where person = %(person)s
   and wrapped_key is not null;

-- name: records
select distinct record
  from sealed
 where person = %(person)s
 order by record;

-- name: once_read
-- Nothing is sealed of an erased person any more; the trail of readings stays.
select distinct subject
  from readings
 where person = %(person)s
   and subject is not null
   and kind in ('case', 'complaint', 'objection', 'visit')
 order by subject;

-- name: openings
select originator_id
  from register
 where topic in ('data-request-received', 'breach-recorded')    -- as the index has it
   and topic = %(tag)s
 order by notification_id desc;

-- name: read_by
select distinct person
  from readings
 where official = %(official)s
   and agency = %(agency)s
   and at >= %(since)s
   and at < %(until)s
   and person is not null
 order by person;

-- name: known
select person, agency
  from persons
 where person = any(%(persons)s::uuid[]);

-- name: numbers
select distinct sealed.person, registrations.case_id, registrations.registration_number
  from sealed
  join registrations on registrations.case_id = sealed.record
 where sealed.person = any(%(persons)b::uuid[])
 order by registrations.registration_number;
