-- The audit trail as it is searched. Each agency's newest come by an index of their
-- own, then together. A null filter is none; of times there is one for each agency.
-- `limit` rows are given after `skip` others, and `most` is both together. Of
-- complaints, `affair_agencies`, `affairs` and `affair_posts` say which kinds the
-- reader reads in whose posts; nobody reads what is about himself, nor in the post of
-- whom it is about.

-- name: newest
-- Walks from the newest on, by the index that serves the filter.
select found.*
  from unnest(%(agencies)s::text[]) as mine (agency)
 cross join lateral (
           select position, stream, kind, trail.agency
             from trail
            where trail.agency = mine.agency
              and position < %(before)s
              and position >= %(from_position)s
              and (%(official)s::text is null or official = %(official)s)
              and (%(role)s::text is null or role = %(role)s)
              and (%(tag)s::text is null or tag = %(tag)s)
              and (%(late)s::boolean is null or late = %(late)s)
              and (kind <> 'complaint'
                   or exists (
                      select
                        from trail_beside as beside
                        join unnest(%(affair_agencies)s::text[], %(affairs)s::text[],
                                    %(affair_posts)s::text[])
                          as may (agency, affair, post)
                          on may.agency = trail.agency
                         and may.affair = beside.affair
                         and (beside.about = may.post) is not true
                       where beside.stream = trail.stream
                         and (beside.about = %(reader)s) is not true))
            order by position desc
            limit %(most)s
       ) as found
 order by position desc
 limit %(limit)s offset %(skip)s;

-- name: within
-- Stretch by stretch of the register, those alone in which something can fit.
select found.position, found.stream, found.kind, found.agency
  from trail_stretches as stretch
 cross join unnest(%(agencies)s::text[],
                   %(occurred_from)s::timestamptz[],
                   %(occurred_to)s::timestamptz[],
                   %(recorded_from)s::timestamptz[],
                   %(recorded_to)s::timestamptz[])
       as mine (agency, occurred_from, occurred_to, recorded_from, recorded_to)
 cross join lateral (
           select position, stream, kind, trail.agency
             from trail
            where trail.agency = mine.agency
              and position >= stretch.first_position
              and position < stretch.first_position + %(stretch)s
              and position < %(before)s
              and position >= %(from_position)s
              and (%(occurred_from)s::timestamptz[] is null
                   or occurred_at >= mine.occurred_from)
              and (%(occurred_to)s::timestamptz[] is null
                   or occurred_at < mine.occurred_to)
              and (%(recorded_from)s::timestamptz[] is null
                   or recorded_at >= mine.recorded_from)
              and (%(recorded_to)s::timestamptz[] is null
                   or recorded_at < mine.recorded_to)
              and (%(official)s::text is null or official = %(official)s)
              and (%(role)s::text is null or role = %(role)s)
              and (%(tag)s::text is null or tag = %(tag)s)
              and (%(late)s::boolean is null or late = %(late)s)
              and (kind <> 'complaint'
                   or exists (
                      select
                        from trail_beside as beside
                        join unnest(%(affair_agencies)s::text[], %(affairs)s::text[],
                                    %(affair_posts)s::text[])
                          as may (agency, affair, post)
                          on may.agency = trail.agency
                         and may.affair = beside.affair
                         and (beside.about = may.post) is not true
                       where beside.stream = trail.stream
                         and (beside.about = %(reader)s) is not true))
            order by position desc
            limit %(most)s
       ) as found
 where stretch.first_position < %(before)s
   and stretch.first_position + %(stretch)s > %(from_position)s
   and (%(occurred_from)s::timestamptz[] is null
        or stretch.occurred_last >= mine.occurred_from)
   and (%(occurred_to)s::timestamptz[] is null
        or stretch.occurred_first < mine.occurred_to)
   and (%(recorded_from)s::timestamptz[] is null
        or stretch.recorded_last >= mine.recorded_from)
   and (%(recorded_to)s::timestamptz[] is null
        or stretch.recorded_first < mine.recorded_to)
 order by stretch.first_position desc, found.position desc
 limit %(limit)s offset %(skip)s;

-- name: about
-- All that stands about one case, with what stands beside it, or of one history: the
-- register knows where.
select position, stream, kind, agency
  from trail
  join unnest(%(agencies)s::text[],
              %(occurred_from)s::timestamptz[],
              %(occurred_to)s::timestamptz[],
              %(recorded_from)s::timestamptz[],
              %(recorded_to)s::timestamptz[])
       as mine (agency, occurred_from, occurred_to, recorded_from, recorded_to)
       using (agency)
 where position in (
       select notification_id
         from register
        where originator_id = any(%(streams)s::uuid[]))
   and (%(case)s::uuid is null or stream <> %(case)s or kind = 'case')
   and position < %(before)s
   and position >= %(from_position)s
   and (%(occurred_from)s::timestamptz[] is null or occurred_at >= mine.occurred_from)
   and (%(occurred_to)s::timestamptz[] is null or occurred_at < mine.occurred_to)
   and (%(recorded_from)s::timestamptz[] is null or recorded_at >= mine.recorded_from)
   and (%(recorded_to)s::timestamptz[] is null or recorded_at < mine.recorded_to)
   and (%(official)s::text is null or official = %(official)s)
   and (%(role)s::text is null or role = %(role)s)
   and (%(tag)s::text is null or tag = %(tag)s)
   and (%(late)s::boolean is null or late = %(late)s)
   and (kind <> 'complaint'
        or exists (
           select
             from trail_beside as beside
             join unnest(%(affair_agencies)s::text[], %(affairs)s::text[],
                         %(affair_posts)s::text[])
               as may (agency, affair, post)
               on may.agency = trail.agency
              and may.affair = beside.affair
              and (beside.about = may.post) is not true
            where beside.stream = trail.stream
              and (beside.about = %(reader)s) is not true))
 order by position desc
 limit %(limit)s offset %(skip)s;

-- name: beside
-- The histories about a case: its own is not among them.
select stream
  from trail_beside
 where case_id = %(case)s;
