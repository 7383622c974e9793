-- What links.py writes and reads; a link itself is never stored.

-- name: replace
update sign_in_links
   set expires_at = %(at)s
 where official is not distinct from %(official)s  -- null: the first administrator's
   and used_at is null
   and expires_at > %(at)s;

-- name: issue
insert into sign_in_links (hash, official, issued_at, expires_at)
values (%(hash)s, %(official)s, %(at)s, %(expires_at)s);

-- name: look
select official
  from sign_in_links
 where hash = %(hash)s
   and used_at is null
   and expires_at > %(at)s;

-- name: use
-- The row's lock lets one through; the others find it used.
update sign_in_links
   set used_at = %(at)s
 where hash = %(hash)s
   and used_at is null
   and expires_at > %(at)s
returning official;

-- name: sweep
delete from sign_in_links where expires_at <= %(before)s;
