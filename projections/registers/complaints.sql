-- The register of complaints: of the kinds that the reader may see in one of his posts,
-- and none about himself or about whom he stands in for.

-- name: newest
select found.*
  from unnest(%(agencies)s::text[], %(since)s::text[]::timestamptz[],
              %(until)s::text[]::timestamptz[]) as mine (agency, since, until)
 cross join lateral (
           select opened_at as at, opened_position as position, complaint_id, due_on,
                  folded
             from complaints
            where complaints.agency = mine.agency
              and opened_at >= mine.since
              and opened_at < mine.until
              and (opened_at, opened_position)
                  < (%(before_at)s::text::timestamptz, %(before)s::bigint)
              and (about = %(reader)s) is not true
              and exists (
                    select
                      from unnest(%(affair_agencies)s::text[], %(affairs)s::text[],
                                  %(affair_posts)s::text[])
                        as may (agency, affair, post)
                     where may.agency = complaints.agency
                       and may.affair = complaints.kind
                       and (about = may.post) is not true
                  )
            order by opened_at desc, opened_position desc
            limit %(limit)s
       ) as found
 order by at desc, position desc
 limit %(limit)s;
