-- What account_events.py writes and reads.

-- name: note
-- null: no agency alone is concerned, so each in which he is in office; of who is in none
-- any more, those in which he was.
insert into account_events (at, by, what, official, agencies, roles, scopes)
select %(at)s, %(by)s, %(what)s, %(official)s,
       coalesce(
           %(agencies)s::text[],
           nullif(array(select agency from officials
                         where id = %(official)s and disabled_at is null
                         order by agency), '{}'),
           array(select agency from officials where id = %(official)s order by agency)
       ),
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
-- null: of every agency and official, every kind, from the first day on, to the newest.
-- Where else somebody serves is not told to who asks for some agencies.
select position, at, by, what, official, roles, scopes,
       array(select agency from unnest(agencies) as agency
              where %(agencies)s::text[] is null or agency = any(%(agencies)s)
              order by agency) as agencies
  from account_events
 where (%(agencies)s::text[] is null or agencies && %(agencies)s)
   and (%(before)s::bigint is null or position < %(before)s)
   and (%(official)s::text is null or official = %(official)s)
   and (%(what)s::text is null or what = %(what)s)
   and (%(since)s::timestamptz is null or at >= %(since)s)
   and (%(until)s::timestamptz is null or at < %(until)s)
 order by position desc
 limit %(limit)s;
