-- What a period's figures count, and the figures. `counted` begins either of the two
-- statements behind it, so that a figure and the list of its cases never differ.

-- name: counted
-- One row for everything that is counted in a figure: a case that was finished twice
-- counts twice, told apart by `n`. `seconds` and `days` are what the figure measures.
with asked as (
    select *
      from unnest(%(agencies)s::text[], %(zones)s::text[], %(starts)s::timestamptz[],
                  %(ends)s::timestamptz[], %(judged_at)s::timestamptz[])
           as asked (agency, zone, starts, ends, judged_at)
), free as (
    select *
      from unnest(%(free_in)s::text[], %(free_days)s::date[]) as free (agency, day)
), touched as (
    -- A case that came later, or was over and done with before, counts nowhere.
    select zone, starts, ends, judged_at, agency, channel, case_id, received_position,
           registration_number, stage, outcome, received_at, answered_at, opened_at,
           finished_at, finished_as, withheld_on, extended_at, extended_by, paused_at,
           card_deposited_at, card_returned_at, standard_counts, standard_is_soft,
           standard_late_from, standard_met_at, standard_ended_at, statute_counts,
           statute_is_soft, statute_late_from, statute_met_at, statute_ended_at
      from asked
      join cases using (agency)
     where (%(channel)s::text is null or channel = %(channel)s)
       and received_at < ends
       and (cardinality(finished_at) < cardinality(opened_at)
            or finished_at[cardinality(finished_at)] >= starts
            or card_deposited_at is not null
               and (card_returned_at is null or card_returned_at >= starts))
), clocked as (
    select case_id, answered_at as at, clock.*,
           (clock.late_from - interval '1 microsecond') at time zone zone
           as last_moment,
           coalesce(answered_at >= starts and answered_at < ends, false) as is_answered,
           coalesce(clock.met_at is null
                    and clock.ended_at >= starts and clock.ended_at < ends
                    and clock.ended_at >= clock.late_from
                    and not clock.is_soft, false) as has_left_late,
           coalesce((clock.ended_at is null or clock.ended_at >= ends)
                    and clock.late_from <= judged_at
                    and not clock.is_soft, false) as is_overdue,
           zone, starts, ends, judged_at, agency
      from touched
     cross join lateral (values
           ('standard', standard_counts, standard_is_soft, standard_late_from,
            standard_met_at, standard_ended_at),
           ('statute', statute_counts, statute_is_soft, statute_late_from,
            statute_met_at, statute_ended_at)
           ) as clock (clock, counts, is_soft, late_from, met_at, ended_at)
), judged as (
    select case_id, clock, counts, last_moment, late_from, zone, agency,
           verdict.figure || clock as figure, verdict.at
      from clocked
     cross join lateral (values
           (case when met_at is null then 'unclocked_'
                 when is_soft and met_at >= late_from then 'target_overrun_'
                 when is_soft then 'target_met_'
                 when met_at >= late_from then 'late_'
                 else 'on_time_'                    -- also while the clock rests
             end, at, is_answered),
           ('left_late_', ended_at, has_left_late),
           ('overdue_', judged_at, is_overdue)
           ) as verdict (figure, at, is_so)
     where is_so
), late as (
    -- How late, from the end of the term: in seconds, and in days as the clock counts.
    select case_id, figure, at,
           case when is_late then extract(epoch from at - late_from) end as seconds,
           case when not is_late then null
                when counts = 'calendar' then
                (at at time zone zone)::date - last_moment::date
                when counts = 'working' then
                (select count(*)
                   from generate_series(
                        1, (at at time zone zone)::date - last_moment::date) as later
                  where extract(isodow from last_moment::date + later) < 6
                    and not exists (
                        select from free
                         where free.agency = judged.agency
                           and free.day = last_moment::date + later))
            end as days
      from judged
     cross join lateral (
           select figure ^@ 'late_' or figure ^@ 'overdue_' or figure ^@ 'left_late_'
                  or figure ^@ 'target_overrun_' as is_late) as so
), counted as (
    select told.figure, agency, channel, case_id, registration_number, stage, outcome,
           received_position, told.n, told.at, told.seconds, told.days
      from touched
     cross join lateral (
           select figure, 0::bigint as n, figures.at, seconds, days
             from (values
                  ('received', received_at, received_at >= starts,
                   null::numeric, null::bigint),
                  ('answered', answered_at,
                   answered_at >= starts and answered_at < ends,
                   extract(epoch from answered_at - received_at),
                   (answered_at at time zone zone)::date
                   - (received_at at time zone zone)::date),
                  ('extensions', extended_at,
                   extended_at >= starts and extended_at < ends, null, extended_by),
                  ('cards_held_at_start', card_deposited_at,
                   card_deposited_at < starts
                   and (card_returned_at is null or card_returned_at >= starts),
                   null, null),
                  ('cards_taken', card_deposited_at,
                   card_deposited_at >= starts and card_deposited_at < ends,
                   null, null),
                  ('cards_returned', card_returned_at,
                   card_returned_at >= starts and card_returned_at < ends, null, null),
                  ('cards_held_at_end', card_deposited_at,
                   card_deposited_at < ends
                   and (card_returned_at is null or card_returned_at >= ends),
                   null, null)
                  ) as figures (figure, at, is_so, seconds, days)
            where is_so
            union all
           select 'pauses', n, paused, null, null
             from unnest(paused_at) with ordinality as pause (paused, n)
            where paused >= starts and paused < ends
            union all
           select figure, n, figures.at, null, null
             from unnest(opened_at, finished_at, finished_as) with ordinality
                  as span (opened, finished, ended_as, n)
            cross join lateral (values
                  ('backlog_at_start', opened,
                   opened < starts and (finished is null or finished >= starts)),
                  ('reopened', opened, n > 1 and opened >= starts and opened < ends),
                  ('finished', finished, finished >= starts and finished < ends),
                  ('outcome:'
                   || ended_as, finished,
                   finished >= starts and finished < ends),
                  ('backlog_at_end', opened,
                   opened < ends and (finished is null or finished >= ends))
                  ) as figures (figure, at, is_so)
            where is_so
            union all
           select 'refusal_ground:' || ground, n, finished, null, null
             from unnest(finished_at, withheld_on) with ordinality
                  as span (finished, withheld, n)
            cross join lateral unnest(string_to_array(withheld, ' ')) as ground
            where finished >= starts and finished < ends
           ) as told (figure, n, at, seconds, days)
     union all
    select late.figure, agency, channel, case_id, registration_number, stage, outcome,
           received_position, 0, late.at, late.seconds, late.days
      from late
      join touched using (case_id)
)

-- name: figures
-- Continues `counted`. A null channel is all of them, a null agency all that were
-- asked for. A median or ninth decile is a value that occurred, as on the board: of
-- an even number the lower of the two in the middle.
select figure, agency, channel, count(*) as count,
       percentile_disc(array[0.5, 0.9, 1])
       within group (order by seconds::double precision) as seconds,
       percentile_disc(array[0.5, 0.9, 1])
       within group (order by days::double precision) as days
  from counted
 group by grouping sets ((figure, agency, channel), (figure, agency), (figure))
 order by figure, agency, channel;

-- name: listed
-- Continues `counted`: what one figure counts, the last received first.
select case_id as case, registration_number, agency, channel, stage, outcome, at,
       seconds::double precision as seconds, days::bigint as days,
       received_position as position, n
  from counted
 where figure = %(figure)s
   and (received_position, n) < (%(position)s, %(n)s)
 order by received_position desc, n desc
 limit %(limit)s;
