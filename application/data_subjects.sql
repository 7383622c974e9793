-- What is known of a person beside what is sealed: ids, times and numbers.

-- name: person
select person, agency, erased_at,
       exists (select from restricted_persons as closed
                where closed.person = persons.person) as restricted
  from persons
 where person = %(person)s;

-- name: key
select person, wrapped_key as wrapped, agency
  from persons
 where person = %(person)s
   and wrapped_key is not null;

-- name: matters
-- Nothing is sealed of an erased person any more; what was carried out at his wish names
-- his matters, and of one whose time was over the trail of readings stays.
with now as (
    select matter
      from matters_of(array[%(person)s::uuid])
)
select matter
  from now
 union
select (json_array_elements_text(convert_from(state, 'UTF8')::json -> 'matters'))::uuid
  from now
  join register
    on originator_id = matter
   and topic = 'data-request-answered'
 union
select subject
  from readings
  join persons using (person)
 where person = %(person)s
   and wrapped_key is null
   and subject is not null
   and kind in ('case', 'complaint', 'objection', 'visit', 'data_request')
 order by matter;

-- name: records
select distinct record
  from sealed
 where person = any(%(persons)s::uuid[]);

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
