-- Whom a data breach concerns, within the agency whose breach it is: see breached.py.

-- name: of_cases
-- A case of another agency is none here, as an unknown one.
select originator_id, (convert_from(state, 'UTF8')::json ->> 'person')::uuid
  from register
 where originator_id = any(%(cases)b::uuid[])
   and originator_version = 1
   and topic = 'received'
   and convert_from(state, 'UTF8')::json ->> 'agency' = %(agency)s;

-- name: at_agency
-- A case that was passed on holds data of somebody whom the first agency knew.
select person
  from persons
 where person = any(%(persons)b::uuid[])
   and (
         agency = %(agency)s
         or exists (
              select
                from sealed
                join register
                  on originator_id = sealed.record
                 and originator_version = 1
                 and topic = 'received'
               where sealed.person = persons.person
                 and convert_from(state, 'UTF8')::json ->> 'agency' = %(agency)s
            )
       );

-- name: read_by
select distinct person
  from readings
 where official = %(official)s
   and agency = %(agency)s
   and at >= %(since)s
   and at < %(until)s
   and person is not null
 order by person
 limit %(limit)s;

-- name: numbers
select distinct sealed.person, registrations.case_id, registrations.registration_number
  from sealed
  join registrations
    on registrations.case_id = sealed.record
  join register
    on originator_id = sealed.record
   and originator_version = 1
   and convert_from(state, 'UTF8')::json ->> 'agency' = %(agency)s
 where sealed.person = any(%(persons)b::uuid[])
 order by registrations.registration_number;
