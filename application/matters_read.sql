-- What a batch reads of its matters: see matters_read.py. An identity that came again is
-- kept under `identity/<random>`; of an erased person nothing opens any more. Whether
-- his data are restricted makes no difference: nobody is shown him.

-- name: with_names
-- The histories as register.sql tells them, and those concerned as if in version 0.
-- What is asked for stands in a sub-select, so that the plan is made once: made anew for
-- every array it takes longer than the reading.
select originator_id, originator_version, topic, state, occurred_at, recorded_at,
       metadata::text, null::uuid as person, null::bytea as wrapped_key
  from register
 where originator_id = any((select %(streams)b::uuid[])::uuid[])
 union all
select record, 0, field, ciphertext, null, null,
       null, person, wrapped_key
  from sealed
  join persons using (person)
 where record = any((select %(records)b::uuid[])::uuid[])
   and split_part(field, '/', 1) = 'identity'
   and wrapped_key is not null
 order by 1, 2;

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
select person, record, field, ciphertext, wrapped_key, false as restricted
  from concerned
  join sealed using (person)
  join persons using (person)
 where split_part(field, '/', 1) = 'identity'
   and wrapped_key is not null;
