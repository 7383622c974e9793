-- Cases old enough for somebody to look whether their time is over.

-- name: aged
-- A case is finished after it was received, so that none is missed.
select case_id, received_position
  from cases
 where agency = any(%(agencies)s::text[])
   and received_at < %(before)s
   and not is_open
   and received_position > %(behind)s
 order by received_position
 limit %(limit)s;
