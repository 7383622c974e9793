-- What waits for an official. A desk is one kind of task that may wait for him, in a
-- post of his own or of somebody in whose stead he acts; each has its place in an index
-- that goes in the order of the list. A null filter is none.

-- name: units
-- The units of drafts before some tier, skipping from one to the next in the index.
with recursive known (agency, unit) as (
    select first.*
      from unnest(%(agencies)s::text[]) as mine (agency)
     cross join lateral (
               select tasks.agency, unit
                 from tasks
                where tasks.agency = mine.agency and unit is not null
                order by unit
                limit 1
           ) as first
    union all
    select following.*
      from known
     cross join lateral (
               select tasks.agency, tasks.unit
                 from tasks
                where tasks.agency = known.agency and tasks.unit > known.unit
                order by tasks.unit
                limit 1
           ) as following
)
select agency, unit
  from known;

-- name: cases
-- `limit` is one more than a page, to see whether there is more. Of a task that waits
-- on several of his desks the first one, and his own post comes first.
with found as (
    select distinct on (by_at, received_position, task)
           one.*, holder, in_own_post
      from unnest(
           %(n)s::bigint[], %(agency)s::text[], %(today)s::date[], %(task)s::text[],
           %(whose)s::text[], %(holder)s::text[], %(in_own_post)s::boolean[],
           %(units)s::text[]           -- a unit a line; null: every unit
      ) as desk (n, agency, today, task, whose, holder, in_own_post, units)
     cross join lateral (
               select case_id, tasks.task, role, received_position, since, due_on,
                      due_at, target_at,
                      coalesce(least(due_at, target_at), 'infinity'::timestamptz)
                      as by_at
                 from tasks
                where tasks.agency = desk.agency
                  and tasks.whose = desk.whose
                  and tasks.task = desk.task
                  and (from_on is null or from_on <= desk.today)
                  and case
                      when in_own_post then not %(me)s::text = any(not_by)
                      else drafted_by is distinct from %(me)s::text
                      end
                  and (desk.units is null or unit is null
                       or on_behalf and in_own_post
                       or unit = any(string_to_array(desk.units, chr(10))))
                  and (%(due_before)s::date is null or due_on < %(due_before)s)
                  and (%(overdue)s::boolean is distinct from true or due_at <= %(now)s)
                  and (%(overdue)s::boolean is distinct from false
                       or due_at is null or due_at > %(now)s)
                  and (%(after_position)s::bigint is null
                       or (coalesce(least(due_at, target_at), 'infinity'::timestamptz),
                           received_position, tasks.task)
                          > (%(after_at)s::timestamptz, %(after_position)s,
                             %(after_task)s::text))
                order by coalesce(least(due_at, target_at), 'infinity'::timestamptz),
                         received_position
                limit %(limit)s
           ) as one
     order by by_at, received_position, task, n
     limit %(limit)s
)
select task, case_id as case, case_id as matter, registration_number, agency, channel,
       stage, role, found.holder, in_own_post, found.since, found.due_on, found.due_at,
       target_at, turn as whose_turn, found.received_position as position
  from found
  join cases using (case_id)
 order by by_at, position, task;

-- name: cases_counted
-- How many there are of each, up to `most`, whatever page is looked at.
select desk.task, least(count(distinct one.case_id), %(most)s)
  from unnest(
       %(agency)s::text[], %(today)s::date[], %(task)s::text[], %(whose)s::text[],
       %(in_own_post)s::boolean[], %(units)s::text[]
  ) as desk (agency, today, task, whose, in_own_post, units)
 cross join lateral (
           select case_id
             from tasks
            where tasks.agency = desk.agency
              and tasks.whose = desk.whose
              and tasks.task = desk.task
              and (from_on is null or from_on <= desk.today)
              and case
                  when in_own_post then not %(me)s::text = any(not_by)
                  else drafted_by is distinct from %(me)s::text
                  end
              and (desk.units is null or unit is null
                   or on_behalf and in_own_post
                   or unit = any(string_to_array(desk.units, chr(10))))
              and (%(due_before)s::date is null or due_on < %(due_before)s)
              and (%(overdue)s::boolean is distinct from true or due_at <= %(now)s)
              and (%(overdue)s::boolean is distinct from false
                   or due_at is null or due_at > %(now)s)
            limit %(most)s
       ) as one
 group by desk.task;

-- name: numbers
-- Of the cases that complaints and objections are about.
select case_id, registration_number
  from cases
 where case_id = any(%(cases)s::uuid[]);

-- name: complaints
-- There are few: each kind of complaint is looked through whole.
with found as (
    select distinct on (by_at, opened_position)
           one.*, desk.role, holder, in_own_post
      from unnest(
           %(n)s::bigint[], %(agency)s::text[], %(task)s::text[], %(role)s::text[],
           %(whose)s::text[],          -- the kind of complaint
           %(holder)s::text[], %(in_own_post)s::boolean[]
      ) as desk (n, agency, task, role, kind, holder, in_own_post)
      join lateral (
               select complaint_id, case_id, complaints.agency, channel, stage, about,
                      kind, due_on, due_at, opened_position,
                      case stage
                      when 'opened' then 'complaints:classification'
                      when 'answered' then 'complaints:closing'
                      else case
                           when stage = 'classified' and follow_up_due_on is not null
                                and follow_up_ended_at is null
                           then 'complaints:follow-up'
                           else 'complaints:answer'
                           end
                      end as task,
                      coalesce(answered_at, followed_up_at, classified_at, opened_at)
                      as since,
                      coalesce(due_at, 'infinity'::timestamptz) as by_at
                 from complaints
                where complaints.agency = desk.agency
                  and kind = desk.kind
                  and stage <> 'closed'
                  and (%(due_before)s::date is null or due_on < %(due_before)s)
                  and (%(overdue)s::boolean is distinct from true or due_at <= %(now)s)
                  and (%(overdue)s::boolean is distinct from false
                       or due_at is null or due_at > %(now)s)
           ) as one
        on one.task = desk.task
       -- Nobody handles what is about himself, nor about whom he acts for.
       and (about is null or about not in (%(me)s, desk.holder))
       and (%(after_position)s::bigint is null
            or (by_at, opened_position, one.task)
               > (%(after_at)s::timestamptz, %(after_position)s, %(after_task)s::text))
     order by by_at, opened_position, n
     limit %(limit)s
)
select task, case_id as case, complaint_id as matter, agency, channel, stage, role,
       holder, in_own_post, since, due_on, due_at, opened_position as position
  from found
 order by by_at, position;

-- name: complaints_counted
select desk.task, least(count(distinct complaint_id), %(most)s)
  from unnest(
       %(agency)s::text[], %(task)s::text[], %(whose)s::text[], %(holder)s::text[]
  ) as desk (agency, task, kind, holder)
  join complaints using (agency, kind)
 where stage <> 'closed'
   and desk.task = case stage
                   when 'opened' then 'complaints:classification'
                   when 'answered' then 'complaints:closing'
                   else case
                        when stage = 'classified' and follow_up_due_on is not null
                             and follow_up_ended_at is null
                        then 'complaints:follow-up'
                        else 'complaints:answer'
                        end
                   end
   and (about is null or about not in (%(me)s, desk.holder))
   and (%(due_before)s::date is null or due_on < %(due_before)s)
   and (%(overdue)s::boolean is distinct from true or due_at <= %(now)s)
   and (%(overdue)s::boolean is distinct from false
        or due_at is null or due_at > %(now)s)
 group by desk.task;

-- name: objections
-- The superior's decision is owed while an objection is only filed.
with found as (
    select distinct on (by_at, filed_position)
           one.*, desk.task, desk.role, holder, in_own_post
      from unnest(
           %(n)s::bigint[], %(agency)s::text[], %(task)s::text[], %(role)s::text[],
           %(holder)s::text[], %(in_own_post)s::boolean[]
      ) as desk (n, agency, task, role, holder, in_own_post)
      join lateral (
               select objection_id, case_id, objections.agency, stage, filed_at,
                      due_on, due_at, filed_position,
                      coalesce(due_at, 'infinity'::timestamptz) as by_at
                 from objections
                where objections.agency = desk.agency
                  and stage = 'filed'
                  and (%(due_before)s::date is null or due_on < %(due_before)s)
                  and (%(overdue)s::boolean is distinct from true or due_at <= %(now)s)
                  and (%(overdue)s::boolean is distinct from false
                       or due_at is null or due_at > %(now)s)
           ) as one
        on %(after_position)s::bigint is null
           or (by_at, filed_position, desk.task)
              > (%(after_at)s::timestamptz, %(after_position)s, %(after_task)s::text)
     order by by_at, filed_position, n
     limit %(limit)s
)
select task, case_id as case, objection_id as matter, agency, null as channel, stage,
       role, holder, in_own_post, filed_at as since, due_on, due_at,
       filed_position as position
  from found
 order by by_at, position;

-- name: objections_counted
select desk.task, least(count(distinct objection_id), %(most)s)
  from unnest(%(agency)s::text[], %(task)s::text[]) as desk (agency, task)
  join objections using (agency)
 where stage = 'filed'
   and (%(due_before)s::date is null or due_on < %(due_before)s)
   and (%(overdue)s::boolean is distinct from true or due_at <= %(now)s)
   and (%(overdue)s::boolean is distinct from false
        or due_at is null or due_at > %(now)s)
 group by desk.task;
