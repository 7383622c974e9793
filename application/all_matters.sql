-- Whether somebody saw all that touches a person's data: see 0022_all_matters.sql.

-- name: all_matters
select matters_must_be_all(%(person)s, %(matters)b::uuid[]);

-- name: all_papers
select papers_must_be_all(%(matters)b::uuid[], %(sha256s)b::bytea[]);
