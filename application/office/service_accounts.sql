-- What service_accounts.py reads.

-- name: scopes
-- Of its latest token, which may be revoked.
select t.scopes
  from tokens t
  join accounts a on a.official = t.official
 where t.official = %(official)s
   and a.kind = 'service'
   and t.scopes is not null
 order by t.issued_at desc
 limit 1;
