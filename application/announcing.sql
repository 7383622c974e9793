-- How a new edition of the calendar reaches the open cases; see 0007_calendars.sql.

-- name: be_the_only_one
-- Our lock 4, until the connection ends: one announcement at a time.
select pg_try_advisory_lock(x'64697370'::integer, 4);

-- name: begin
-- Under the register's lock: whatever opens behind this head knows the edition.
insert into announcements (edition, head)
select %(edition)s, coalesce(max(notification_id), 0)
  from register;

-- name: how_far
select edition, head, position, streams, moved, unreadable, seconds,
       finished_at is not null as finished
  from announcements
 where edition = %(edition)s;

-- name: openings
select notification_id, originator_id
  from register
 where topic in ('received', 'complaint-opened', 'objection-filed')
   and notification_id > %(position)s
   and notification_id <= %(head)s
 order by notification_id
 limit %(limit)s;

-- name: count_openings
select count(*)
  from register
 where topic in ('received', 'complaint-opened', 'objection-filed')
   and notification_id <= %(head)s;

-- name: move
update announcements
   set position = %(position)s, streams = %(streams)s, moved = %(moved)s,
       unreadable = %(unreadable)s, seconds = %(seconds)s
 where edition = %(edition)s;

-- name: finish
update announcements
   set finished_at = clock_timestamp()
 where edition = %(edition)s;

-- name: begin_again
-- What was moved stays moved: a second look at it finds nothing to do.
update announcements
   set position = 0, streams = 0, unreadable = 0, finished_at = null
 where edition = %(edition)s;
