-- The list of complaints: of the kinds that the reader may see in one of his posts, and
-- none about himself or about whom he stands in for. A null filter is none.

-- name: newest
select complaint_id as complaint, case_id as case, agency, channel, category,
       class as class_, kind, stage, due_on, opened_position as position
  from complaints
 where agency = any(%(agencies)s::text[])
   and opened_position < %(before)s
   and (about = %(reader)s) is not true
   and exists (
         select
           from unnest(%(affair_agencies)s::text[], %(affairs)s::text[],
                       %(affair_posts)s::text[])
             as may (agency, affair, post)
          where may.agency = complaints.agency
            and may.affair = complaints.kind
            and (about = may.post) is not true
       )
   and (%(channel)s::text is null or channel = %(channel)s)
   and (%(stage)s::text is null or stage = %(stage)s)
   and (%(class)s::text is null or class = %(class)s)
   and (%(kind)s::text is null or kind = %(kind)s)
   and (%(overdue)s::boolean is distinct from true or due_at <= %(now)s)
   and (%(overdue)s::boolean is distinct from false
        or due_at is null or due_at > %(now)s)
 order by opened_position desc
 limit %(limit)s;
