-- Cases by the day of their receipt, as the register of requests and the agenda have
-- them. Each agency's newest come by an index of their own, then together; a null
-- filter is none.

-- name: newest
select found.*
  from unnest(%(agencies)s::text[], %(since)s::text[]::timestamptz[],
              %(until)s::text[]::timestamptz[]) as mine (agency, since, until)
 cross join lateral (
           select received_at as at, received_position as position, case_id, folded
             from cases
            where cases.agency = mine.agency
              and received_at >= mine.since
              and received_at < mine.until
              and (received_at, received_position)
                  < (%(before_at)s::text::timestamptz, %(before)s::bigint)
              and (%(channel)s::text is null or channel = %(channel)s)
              and (%(decision)s::text is null or outcome = %(decision)s)
              and (%(cases)s::uuid[] is null or case_id = any(%(cases)s))
              and (%(number)s::text is null
                   or lower(registration_number) like lower(%(number)s)
                   or lower(letter_number) like lower(%(number)s)
                   or lower(agenda_number) like lower(%(number)s)
                   or lower(tracking_id) like lower(%(number)s)
                   or lower(answer_number) like lower(%(number)s))
            order by received_at desc, received_position desc
            limit %(limit)s
       ) as found
 order by at desc, position desc
 limit %(limit)s;
