-- The register of objections; a null filter is none.

-- name: newest
select found.*
  from unnest(%(agencies)s::text[], %(since)s::text[]::timestamptz[],
              %(until)s::text[]::timestamptz[]) as mine (agency, since, until)
 cross join lateral (
           select filed_at as at, filed_position as position, objection_id, folded
             from objections
            where objections.agency = mine.agency
              and filed_at >= mine.since
              and filed_at < mine.until
              and (filed_at, filed_position)
                  < (%(before_at)s::text::timestamptz, %(before)s::bigint)
              and (%(ground)s::text is null or ground = %(ground)s)
              and (%(decision)s::text is null or ruling = %(decision)s)
            order by filed_at desc, filed_position desc
            limit %(limit)s
       ) as found
 order by at desc, position desc
 limit %(limit)s;
