-- Whom texts are compared with: see comparing_names.py. An identity that came again is
-- kept under `identity/<random>`; of an erased person nothing opens any more.

-- name: of_records
select person, record, field, ciphertext, wrapped_key,
       false as restricted     -- nobody is shown him: it makes no difference here
  from sealed
  join persons using (person)
 where record = any(%(records)b::uuid[])
   and split_part(field, '/', 1) = 'identity'
   and wrapped_key is not null;

-- name: of_persons
-- Wherever something of them is sealed. Whom a breach concerns stands in its history.
with concerned as (
    select unnest(%(persons)b::uuid[]) as person
     union
    select json_array_elements_text(convert_from(state, 'UTF8')::json -> 'persons')::uuid
      from register
     where originator_id = any(%(breaches)b::uuid[])
       and topic = 'breach-recorded'
)
select person, record, field, ciphertext, wrapped_key,
       false as restricted     -- nobody is shown him: it makes no difference here
  from concerned
  join sealed using (person)
  join persons using (person)
 where split_part(field, '/', 1) = 'identity'
   and wrapped_key is not null;
