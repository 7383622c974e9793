-- What erased_again.py asks; only ids and digests come out.

-- name: erased_persons
select person, erased_at
  from persons
 where wrapped_key is null;

-- name: erased_documents
select agency, encode(sha256, 'hex'), erased_at
  from documents
 where wrapped_key is null;

-- name: living_persons
select person
  from persons
 where person = any(%(persons)b::uuid[])
   and wrapped_key is not null;

-- name: living_documents
-- Bytes that were brought again after the erasure are another matter's.
select distinct documents.agency, encode(documents.sha256, 'hex')
  from documents
  join unnest(%(sha256s)b::bytea[], %(agencies)b::text[], %(erased_at)b::timestamptz[])
       as gone (sha256, agency, erased_at) using (sha256, agency)
 where wrapped_key is not null
   and uploaded_at <= gone.erased_at;
