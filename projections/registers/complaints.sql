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
              and about is distinct from %(official)s
              and exists (
                    select
                      from unnest(%(seen_agencies)s::text[], %(seen_kinds)s::text[],
                                  %(seen_posts)s::text[]) as seen (agency, kind, post)
                     where seen.agency = complaints.agency
                       and seen.kind = complaints.kind
                       and seen.post is distinct from about
                  )
            order by opened_at desc, opened_position desc
            limit %(limit)s
       ) as found
 order by at desc, position desc
 limit %(limit)s;
