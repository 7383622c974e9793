-- What account_events.py writes and reads.

-- name: note
insert into account_events (at, by, what, official, agencies, roles, scopes)
select %(at)s, %(by)s, %(what)s, %(official)s,
       array(select agency from officials where id = %(official)s order by agency),
       %(roles)s, %(scopes)s;

-- name: page
select position, at, by, what, official, agencies, roles, scopes
  from account_events
 where agencies && %(agencies)s::text[]
   and (%(before)s::bigint is null or position < %(before)s)  -- null: from the newest
 order by position desc
 limit %(limit)s;
