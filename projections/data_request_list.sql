-- The list of data subjects' requests. A null filter is none.

-- name: newest
select request_id, opened_position
  from data_requests
 where agency = any(%(agencies)s::text[])
   and opened_position < %(before)s
   and (%(person)s::uuid is null or person = %(person)s)
   and (%(stage)s::text is null or stage = %(stage)s)
   and (%(kind)s::text is null or kind = %(kind)s)
   and (%(overdue)s::boolean is distinct from true or due_at <= %(now)s)
   and (%(overdue)s::boolean is distinct from false
        or due_at is null or due_at > %(now)s)
 order by opened_position desc
 limit %(limit)s;
