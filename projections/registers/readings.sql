-- Who was shown what; a null filter is none.

-- name: newest
select found.*
  from unnest(%(agencies)s::text[], %(since)s::text[]::timestamptz[],
              %(until)s::text[]::timestamptz[]) as mine (agency, since, until)
 cross join lateral (
           select at, reading as position, official, role, rule, acting_for, why,
                  purpose, action, operation, readings.agency, kind, subject,
                  encode(document, 'hex') as document, person, fields, request_id
             from readings
            where readings.agency = mine.agency
              and at >= mine.since
              and at < mine.until
              and (at, reading)
                  < (%(before_at)s::text::timestamptz, %(before)s::bigint)
              and (%(case)s::uuid is null or subject = %(case)s)
              and (%(person)s::uuid is null or person = %(person)s)
              and (%(official)s::text is null or official = %(official)s)
            order by at desc, reading desc
            limit %(limit)s
       ) as found
 order by at desc, position desc
 limit %(limit)s;
