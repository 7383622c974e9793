-- What people.py writes and reads; every value of a person is ciphertext.

-- name: insert_persons
insert into persons (person, agency, wrapped_key)
select * from unnest(%(person)b::uuid[], %(agency)b::text[], %(wrapped_key)b::bytea[]);

-- name: insert_sealed
insert into sealed (person, record, field, ciphertext)
select * from unnest(%(person)b::uuid[], %(record)b::uuid[],
                     %(field)b::text[], %(ciphertext)b::bytea[]);

-- name: insert_likenesses
insert into likenesses (person, agency, kind, hash)
select * from unnest(%(person)b::uuid[], %(agency)b::text[],
                     %(kind)b::text[], %(hash)b::bytea[])
    on conflict do nothing;

-- name: forget_likenesses
delete from likenesses
 using unnest(%(persons)b::uuid[], %(kinds)b::text[]) as gone (person, kind)
 where likenesses.person = gone.person
   and likenesses.kind = gone.kind;

-- name: must_live
select persons_must_live(%(persons)b::uuid[]);

-- name: of_records
select person, record, field, ciphertext, wrapped_key,
       exists (select from restricted_persons as closed
                where closed.person = sealed.person) as restricted
  from sealed
  join persons using (person)
 where record = any(%(records)b::uuid[])
   and wrapped_key is not null;    -- null: the person is erased

-- name: fields_of_records
-- A field that came again is kept under `field/<random>`.
select person, record, field, ciphertext, wrapped_key,
       exists (select from restricted_persons as closed
                where closed.person = sealed.person) as restricted
  from sealed
  join persons using (person)
 where record = any(%(records)b::uuid[])
   and split_part(field, '/', 1) = any(%(fields)b::text[])
   and wrapped_key is not null;

-- name: keys_of_records
select distinct record, person, wrapped_key, agency
  from sealed
  join persons using (person)
 where record = any(%(records)b::uuid[])
   and wrapped_key is not null;
