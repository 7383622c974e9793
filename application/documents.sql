-- What documents.py writes and reads; a document is never changed.

-- name: insert
insert into documents (sha256, agency, size, type, wrapped_key, name, content, uploader)
values (%(sha256)s, %(agency)s, %(size)s, %(type)s,
        %(wrapped_key)s, %(name)s, %(content)s, %(uploader)s)
    on conflict (sha256, agency) do nothing;

-- name: stored
select size, type
  from documents
 where agency = %(agency)s
   and sha256 = %(sha256)s;

-- name: fetch
select size, type, wrapped_key, name, content
  from documents
 where agency = %(agency)s
   and sha256 = %(sha256)s;

-- name: known
select sha256
  from documents
 where agency = %(agency)s
   and sha256 = any(%(sha256s)b::bytea[]);
