-- name: numbered
-- Up to `few` of the cases that fit; where there are so many, they are not all here.
select distinct case_id
  from unnest(%(agencies)s::text[]) as mine (agency)
 cross join lateral (
           (select case_id from cases
             where agency = mine.agency
               and lower(registration_number) like lower(%(number)s)
             limit %(few)s)
           union all
           (select case_id from cases
             where agency = mine.agency
               and lower(letter_number) like lower(%(number)s)
             limit %(few)s)
           union all
           (select case_id from cases
             where agency = mine.agency
               and lower(agenda_number) like lower(%(number)s)
             limit %(few)s)
           union all
           (select case_id from cases
             where agency = mine.agency
               and lower(tracking_id) like lower(%(number)s)
             limit %(few)s)
           union all
           (select case_id from cases
             where agency = mine.agency
               and lower(answer_number) like lower(%(number)s)
             limit %(few)s)
       ) as found
 limit %(few)s;
