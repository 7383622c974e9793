-- What a bundle tells of documents, beside what the register says of them.

-- name: documents
select encode(sha256, 'hex') as sha256, size, type
  from public.documents
 where agency = %(agency)s
   and encode(sha256, 'hex') = any(%(digests)s)
 order by documents.sha256;
