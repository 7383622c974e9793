-- What directory.py writes and reads of the officials.

-- name: insert
insert into officials (id, agency, name, roles, unit, added_at)
values (%(id)s, %(agency)s, %(name)s, %(roles)s, %(unit)s, %(at)s)
    on conflict (id, agency) do nothing
returning id;

-- name: find_for_update
select id, agency, name, roles, unit, disabled_at is not null as disabled
  from officials
 where id = %(id)s
   and agency = %(agency)s
   for update;

-- name: enable
update officials
   set name = %(name)s, roles = %(roles)s, unit = %(unit)s, disabled_at = null
 where id = %(id)s
   and agency = %(agency)s;

-- name: disable
update officials
   set disabled_at = coalesce(disabled_at, %(at)s)
 where id = %(id)s
   and (%(agency)s::text is null or agency = %(agency)s)  -- null: in every agency
returning id, agency, name, roles, unit, true as disabled;

-- name: revoke_tokens_of_the_retired
update tokens
   set revoked_at = %(at)s
 where official = %(id)s
   and revoked_at is null
   and not exists (select from officials where id = %(id)s and disabled_at is null);

-- name: end_sessions_of_the_retired
update sessions
   set ended_at = %(at)s
 where official = %(id)s
   and ended_at is null
   and not exists (select from officials where id = %(id)s and disabled_at is null);

-- name: void_links_of_the_retired
update sign_in_links
   set expires_at = %(at)s
 where official = %(id)s
   and used_at is null
   and expires_at > %(at)s
   and not exists (select from officials where id = %(id)s and disabled_at is null);

-- name: drop_password_of_the_retired
-- Whoever comes back is invited anew.
update accounts
   set password = null, password_set_at = null
 where official = %(id)s
   and not exists (select from officials where id = %(id)s and disabled_at is null);

-- name: everybody
select id, agency, name, roles, unit, disabled_at is not null as disabled
  from officials
 order by agency, id;

-- name: announce
select pg_notify('directory', %(official)s);
