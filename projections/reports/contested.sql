-- Complaints and objections of a period. They have no channel of a request's: they are
-- counted by agency, and `counted_...` begins either statement, as in compliance.sql.

-- name: counted_complaints
with asked as (
    select *
      from unnest(%(agencies)s::text[], %(starts)s::timestamptz[],
                  %(ends)s::timestamptz[]) as asked (agency, starts, ends)
), counted as (
    select figures.*, agency, complaint_id as matter, case_id as case, stage, kind,
           about, opened_position as position
      from asked
      join complaints using (agency)
     cross join lateral (values
           ('complaints', opened_at, opened_at >= starts and opened_at < ends),
           ('complaints_answered', answered_at,
            answered_at >= starts and answered_at < ends)
           ) as figures (figure, at, is_so)
     where is_so
)

-- name: shown_complaints
-- Continues `counted_complaints`: whether the reader may see what was done about each,
-- as in the list of complaints.
, told as (
    select matter, "case", agency, stage, at, position,
           (about = %(reader)s) is not true
           and exists (
                 select
                   from unnest(%(affair_agencies)s::text[], %(affairs)s::text[],
                               %(affair_posts)s::text[])
                     as may (agency, affair, post)
                  where may.agency = counted.agency
                    and may.affair = counted.kind
                    and (about = may.post) is not true
               ) as is_shown
      from counted
     where figure = %(figure)s
)

-- name: listed_complaints
select matter, "case", agency, stage, at, position
  from told
 where is_shown
   and position < %(position)s
 order by position desc
 limit %(limit)s;

-- name: withheld_complaints
select count(*)
  from told
 where not is_shown;

-- name: counted_objections
with asked as (
    select *
      from unnest(%(agencies)s::text[], %(starts)s::timestamptz[],
                  %(ends)s::timestamptz[]) as asked (agency, starts, ends)
), counted as (
    select figures.*, agency, objection_id as matter, case_id as case, stage,
           filed_position as position
      from asked
      join objections using (agency)
     cross join lateral (values
           ('objections', filed_at, filed_at >= starts and filed_at < ends),
           ('objection_ground:' || ground, filed_at,
            filed_at >= starts and filed_at < ends),
           ('objections_decided', decided_at,
            decided_at >= starts and decided_at < ends),
           ('objection_ruling:' || ruling, decided_at,
            decided_at >= starts and decided_at < ends),
           ('disputes', disputed_at, disputed_at >= starts and disputed_at < ends)
           ) as figures (figure, at, is_so)
     where is_so
)

-- name: figures
select figure, agency, null as channel, count(*) as count,
       null as seconds, null as days
  from counted
 group by grouping sets ((figure, agency), (figure))
 order by figure, agency;

-- name: listed
select matter, "case", agency, stage, at, position
  from counted
 where figure = %(figure)s
   and position < %(position)s
 order by position desc
 limit %(limit)s;
