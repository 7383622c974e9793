-- What a bundle tells of documents, beside what the register says of them.

-- name: documents
select encode(sha256, 'hex'), size, type
  from documents
 where agency = %(agency)s
   and encode(sha256, 'hex') = any(%(digests)s)
 order by sha256;
