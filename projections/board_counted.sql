-- The SLA board. Only open cases are looked at, by an index that holds no other, and
-- those whose first answer falls into the last days. A null filter is none.

-- name: open
-- `next_at` is when the next of them becomes late, so that the figures change.
select agency, channel, cases.unit, stage, turn,
       count(*) as open,
       count(*) filter (where due_at is null) as undated,
       count(*) filter (where due_at > %(now)s and due_on <= mine.today) as due_today,
       count(*) filter (where due_at > %(now)s and due_on <= mine.soon)
       as due_within_3_days,
       count(*) filter (where due_at <= %(now)s) as late,
       count(*) filter (where standard_ended_at is null and not standard_is_soft
                              and standard_late_from <= %(now)s) as late_by_standard,
       count(*) filter (where statute_ended_at is null and not statute_is_soft
                              and statute_late_from <= %(now)s) as late_by_statute,
       count(*) filter (where standard_ended_at is null and standard_is_soft
                              and standard_late_from <= %(now)s) as target_overrun,
       min(turn_since) as oldest_since,
       least(min(standard_late_from) filter (where standard_ended_at is null
                                                   and standard_late_from > %(now)s),
             min(statute_late_from) filter (where statute_ended_at is null
                                                  and statute_late_from > %(now)s))
       as next_at
  from unnest(%(agencies)s::text[], %(today)s::date[], %(soon)s::date[])
       as mine (agency, today, soon)
  join cases using (agency)
 where is_open
   and (%(channel)s::text is null or channel = %(channel)s)
   and (%(unit)s::text is null or cases.unit = %(unit)s
        or starts_with(cases.unit, %(unit)s || '/'))
 group by agency, channel, cases.unit, stage, turn
 order by agency, channel, cases.unit nulls first, stage, turn;

-- name: answered
-- Seconds from receipt to the first answer, the last one begun counted whole: within
-- `median` half of them were answered, within `p90` nine tenths. A null channel or unit
-- here means all of them; `of_unit` tells a row of cases without a unit from that.
select agency, channel, cases.unit, grouping(cases.unit) = 0 as of_unit,
       count(*) as answered,
       ceil(percentile_disc(0.5) within group (
                order by date_part('epoch', answered_at - received_at)
            ))::bigint as median,
       ceil(percentile_disc(0.9) within group (
                order by date_part('epoch', answered_at - received_at)
            ))::bigint as p90
  from unnest(%(agencies)s::text[], %(since)s::timestamptz[]) as mine (agency, since)
  join cases using (agency)
 where answered_at >= mine.since
   and (%(channel)s::text is null or channel = %(channel)s)
   and (%(unit)s::text is null or cases.unit = %(unit)s
        or starts_with(cases.unit, %(unit)s || '/'))
 group by grouping sets ((agency, channel, cases.unit), (agency, channel), (agency), ())
 order by agency nulls first, channel nulls first, of_unit, cases.unit nulls first;
