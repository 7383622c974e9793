-- Cases old enough for somebody to look whether their time is over.

-- name: aged
-- A case is finished after it was received, so that none is missed. Of an erased person
-- nothing is sealed any more, and nothing is left to decide.
select case_id, received_position, his.person
  from cases
 cross join lateral (
           select person
             from sealed
            where record = case_id
            limit 1
       ) as his
 where agency = any(%(agencies)s::text[])
   and received_at < %(before)s
   and not is_open
   and received_position > %(behind)s
 order by received_position
 limit %(limit)s;
