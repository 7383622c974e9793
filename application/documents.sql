-- What documents.py writes and reads; a document never changes, but may be erased.

-- name: insert
insert into documents (sha256, agency, size, type, wrapped_key, name, content, uploader)
values (%(sha256)s, %(agency)s, %(size)s, %(type)s,
        %(wrapped_key)s, %(name)s, %(content)s, %(uploader)s)
    on conflict (sha256, agency) do nothing;

-- name: make_room
select make_room_for_document(%(sha256)s, %(agency)s);

-- name: stored
select size, type
  from documents
 where agency = %(agency)s
   and sha256 = %(sha256)s
   and wrapped_key is not null;    -- null: the document is erased

-- name: fetch
select size, type, wrapped_key is null as erased,
       coalesce(wrapped_key, '') as wrapped_key, coalesce(name, '') as name,
       coalesce(content, '') as content
  from documents
 where agency = %(agency)s
   and sha256 = %(sha256)s;

-- name: known
select sha256
  from documents
 where agency = %(agency)s
   and sha256 = any(%(sha256s)b::bytea[])
   and wrapped_key is not null;
