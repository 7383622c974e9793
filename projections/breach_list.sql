-- The list of data breaches. A null filter is none.

-- name: newest
select breach_id, opened_position
  from breaches
 where agency = any(%(agencies)s::text[])
   and opened_position < %(before)s
   and (%(stage)s::text is null or stage = %(stage)s)
 order by opened_position desc
 limit %(limit)s;
