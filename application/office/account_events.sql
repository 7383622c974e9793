-- What account_events.py writes and reads.

-- name: note
insert into account_events (at, by, what, official, agencies, roles, scopes)
select %(at)s, %(by)s, %(what)s, %(official)s,
       array(select agency from officials where id = %(official)s order by agency),
       %(roles)s, %(scopes)s;

-- name: note_pause
-- Of a name that is nobody's nothing stands here; asking takes the same statement.
insert into account_events (at, what, official, agencies)
select %(at)s, %(what)s, %(official)s, array_agg(agency order by agency)
  from officials
 where id = %(official)s
   and disabled_at is null
having count(*) > 0;

-- name: page
select position, at, by, what, official, agencies, roles, scopes
  from account_events
 where agencies && %(agencies)s::text[]
   and (%(before)s::bigint is null or position < %(before)s)  -- null: from the newest
 order by position desc
 limit %(limit)s;
