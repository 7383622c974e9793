-- What sessions.py writes and reads; a session's secret itself is never stored.

-- name: begin
insert into sessions (session, hash, official, began_at, authenticated_at, seen_at)
values (%(session)s, %(hash)s, %(official)s, %(at)s, %(proved_at)s, %(at)s);

-- name: find
select session, official, began_at, authenticated_at, seen_at,
       (select password_set_at from accounts a where a.official = s.official)
  from sessions s
 where hash = %(hash)s
   and ended_at is null
   and seen_at > %(seen_after)s
   and began_at > %(began_after)s
   and exists (select from officials o where o.id = s.official and disabled_at is null);

-- name: whose
select official from sessions where session = %(session)s and ended_at is null;

-- name: end_overdue
-- What another transaction is at, it or the next sweep ends. No token of theirs is left,
-- so that nobody needs to hear of it.
with overdue as (
    select session
      from sessions
     where ended_at is null
       and (seen_at <= %(seen_after)s or began_at <= %(began_after)s)
       for update skip locked
)
update sessions s
   set ended_at = least(seen_at + %(idle)s::interval, began_at + %(absolute)s::interval)
  from overdue
 where s.session = overdue.session;

-- name: sweep
delete from sessions where ended_at <= %(before)s;

-- name: seen
update sessions
   set seen_at = greatest(seen_at, %(at)s)
 where session = %(session)s;

-- name: elevate
update sessions
   set hash = %(new_hash)s, authenticated_at = %(at)s, seen_at = %(at)s
 where hash = %(hash)s
   and ended_at is null
   and seen_at > %(seen_after)s
   and began_at > %(began_after)s
returning session;

-- name: list
select session, official, began_at, authenticated_at, seen_at,
       (select password_set_at from accounts a where a.official = s.official)
  from sessions s
 where official = %(official)s
   and ended_at is null
   and seen_at > %(seen_after)s
   and began_at > %(began_after)s
 order by began_at desc, session;

-- name: named
select session
  from sessions
 where hash = %(hash)s
   and ended_at is null
   and seen_at > %(seen_after)s
   and began_at > %(began_after)s;

-- name: leave
update sessions
   set ended_at = %(at)s
 where hash = %(hash)s
   and ended_at is null
returning pg_notify('sessions', session::text);

-- name: end
update sessions
   set ended_at = %(at)s
 where session = %(session)s
   and official = %(official)s
   and ended_at is null
returning pg_notify('sessions', session::text);

-- name: end_all
update sessions
   set ended_at = %(at)s
 where official = %(official)s
   and ended_at is null
   and (%(but)s::uuid is null or session <> %(but)s)  -- null: every one
returning pg_notify('sessions', session::text);
