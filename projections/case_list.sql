-- The list of cases. Each agency's newest come by an index of their own, then together.
-- A null filter is none; `limit` is one more than a page, to see whether there is more.

-- name: newest
-- Walks from the newest on: right where much fits, or an index serves the filter.
select found.*
  from unnest(%(agencies)s::text[]) as mine (agency)
 cross join lateral (
           select case_id as case, registration_number, cases.agency, channel, stage,
                  outcome, assignee, due_on, received_position as position
             from cases
            where cases.agency = mine.agency
              and received_position < %(before)s
              and (%(number)s::text is null
                   or lower(registration_number) like lower(%(number)s)
                   or lower(letter_number) like lower(%(number)s)
                   or lower(agenda_number) like lower(%(number)s)
                   or lower(tracking_id) like lower(%(number)s)
                   or lower(answer_number) like lower(%(number)s))
              and (%(channel)s::text is null or channel = %(channel)s)
              and (%(stage)s::text is null or stage = %(stage)s)
              and (%(assignee)s::text is null or assignee = %(assignee)s)
              and (%(due_before)s::date is null
                   or due_on < %(due_before)s and due_at is not null)
              and (%(overdue)s::boolean is distinct from true or due_at <= %(now)s)
              and (%(overdue)s::boolean is distinct from false
                   or due_at is null or due_at > %(now)s)
            order by received_position desc
            limit %(limit)s
       ) as found
 order by position desc
 limit %(limit)s;

-- name: numbered
-- Numbers as people type them: the whole or its beginning, capitals or not. Right
-- where few fit; `fitting` counts them up to `few`, and then they are not all here.
with brief as not materialized (
    -- Without what is folded, which is most of a row.
    select case_id, registration_number, letter_number, agenda_number, tracking_id,
           answer_number, agency, channel, stage, outcome, assignee, due_on, due_at,
           received_position
      from cases
),
fit as materialized (
    select found.*
      from unnest(%(agencies)s::text[]) as mine (agency)
     cross join lateral (
           (select * from brief
             where agency = mine.agency
               and lower(registration_number) like lower(%(number)s)
             limit %(few)s)
           union all
           (select * from brief
             where agency = mine.agency
               and lower(letter_number) like lower(%(number)s)
             limit %(few)s)
           union all
           (select * from brief
             where agency = mine.agency
               and lower(agenda_number) like lower(%(number)s)
             limit %(few)s)
           union all
           (select * from brief
             where agency = mine.agency
               and lower(tracking_id) like lower(%(number)s)
             limit %(few)s)
           union all
           (select * from brief
             where agency = mine.agency
               and lower(answer_number) like lower(%(number)s)
             limit %(few)s)
           ) as found
)
select distinct
       case_id as case, registration_number, agency, channel, stage, outcome, assignee,
       due_on, received_position as position
  from fit
 where received_position < %(before)s
   and (%(channel)s::text is null or channel = %(channel)s)
   and (%(stage)s::text is null or stage = %(stage)s)
   and (%(assignee)s::text is null or assignee = %(assignee)s)
   and (%(due_before)s::date is null
        or due_on < %(due_before)s and due_at is not null)
   and (%(overdue)s::boolean is distinct from true or due_at <= %(now)s)
   and (%(overdue)s::boolean is distinct from false
        or due_at is null or due_at > %(now)s)
 order by position desc
 limit %(limit)s;

-- name: fitting
select count(*)
  from unnest(%(agencies)s::text[]) as mine (agency)
 cross join lateral (
           (select 1 from cases
             where agency = mine.agency
               and lower(registration_number) like lower(%(number)s)
             limit %(few)s)
           union all
           (select 1 from cases
             where agency = mine.agency
               and lower(letter_number) like lower(%(number)s)
             limit %(few)s)
           union all
           (select 1 from cases
             where agency = mine.agency
               and lower(agenda_number) like lower(%(number)s)
             limit %(few)s)
           union all
           (select 1 from cases
             where agency = mine.agency
               and lower(tracking_id) like lower(%(number)s)
             limit %(few)s)
           union all
           (select 1 from cases
             where agency = mine.agency
               and lower(answer_number) like lower(%(number)s)
             limit %(few)s)
       ) as found;
