-- What tokens.py writes and reads; a token itself is never stored.

-- name: issue
-- null scopes: for everything that the official may do.
insert into tokens (hash, official, issued_at, expires_at, scopes)
select %(hash)s, %(official)s, %(at)s, %(expires_at)s, %(scopes)s::text[]
 where exists (select from officials where id = %(official)s and disabled_at is null)
   and (%(scopes)s::text[] is not null
        or not exists (select from accounts
                        where official = %(official)s and kind = 'service'))
returning official;

-- name: revoke_all
update tokens
   set revoked_at = %(at)s
 where official = %(official)s
   and revoked_at is null;

-- name: bearer
-- One row for each agency in which the bearer is in office; none for a bad token.
select t.expires_at, t.scopes, o.id, o.agency, o.name, o.roles, o.unit, false as disabled
  from tokens t
  join officials o on o.id = t.official
 where t.hash = %(hash)s
   and t.revoked_at is null
   and t.expires_at > %(at)s
   and o.disabled_at is null
 order by o.agency;
