-- What accounts.py writes and reads.

-- name: take_role
-- The role of the connection itself comes back when the transaction ends.
set local role disposisi_accounts;

-- name: kept
select o.id as official, array_agg(o.name order by o.agency) as names, a.password,
       a.password_set_at
  from officials o
  left join accounts a on a.official = o.id
 where o.id = %(official)s
   and o.disabled_at is null
   and coalesce(a.kind, 'person') = 'person'
 group by o.id, a.password, a.password_set_at;

-- name: hold_officials
-- Whoever disables him waits until this transaction has ended, or was before it.
select from officials where id = %(official)s order by agency for share;

-- name: hold
select from accounts where official = %(official)s for update;

-- name: open
insert into accounts as old (official, kind, made_at)
values (%(official)s, %(kind)s, %(at)s)
    on conflict (official) do update
   set kind = excluded.kind
 where old.kind = excluded.kind
returning official;

-- name: keep
insert into accounts (official, kind, password, password_set_at, made_at)
values (%(official)s, 'person', %(password)s, %(at)s, %(at)s)
    on conflict (official) do update
   set password = %(password)s, password_set_at = %(at)s;

-- name: rehash
update accounts set password = %(password)s where official = %(official)s;

-- name: serving
-- Held until the transaction ends, so that two entries do not miss each other.
select agency, roles
  from officials
 where id = %(official)s
   and disabled_at is null
   for update;

-- name: agencies
select agency from officials where id = %(official)s and disabled_at is null;

-- name: list
select o.id as official, o.agency, o.name, o.roles, o.unit,
       o.disabled_at is not null as disabled,
       coalesce(a.kind, 'person') as kind,
       a.password is not null as has_password,
       (select max(l.expires_at) from sign_in_links l
         where l.official = o.id and l.used_at is null and l.expires_at > %(at)s
       ) as invited_until,
       (select max(t.paused_until) from sign_in_tries t
         where t.who in (sha256(convert_to(o.id, 'UTF8')),
                         sha256('\xff'::bytea || convert_to(o.id, 'UTF8')))
           and t.paused_until > %(at)s
       ) as paused_until
  from officials o
  left join accounts a on a.official = o.id
 where o.agency = any(%(agencies)s)
   and (o.id, o.agency) > (%(after)s, %(after_agency)s)
 order by o.id, o.agency
 limit %(limit)s;

-- name: lock
-- A lock of ours (x'64697370' spells disp), the eighth.
select pg_advisory_xact_lock(x'64697370'::integer, 8);

-- name: anybody
select true
 where exists (select from accounts where password is not null)
    or exists (select from officials
                where 'administrator' = any(roles) and disabled_at is null);
