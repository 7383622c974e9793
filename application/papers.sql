-- Which matters name which document: see 0018_papers.sql.

-- name: file
insert into papers (sha256, subject)
select * from unnest(%(sha256s)b::bytea[], %(subjects)b::uuid[])
    on conflict do nothing;

-- name: named_by
select encode(sha256, 'hex'), subject
  from papers
 where sha256 = any(%(sha256s)s::bytea[]);

-- name: subjects
select subject from papers where sha256 = %(sha256)s order by subject;
