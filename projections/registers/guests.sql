-- The guest book; a null filter is none.

-- name: newest
select found.*
  from unnest(%(agencies)s::text[], %(since)s::text[]::timestamptz[],
              %(until)s::text[]::timestamptz[]) as mine (agency, since, until)
 cross join lateral (
           select came_at as at, entered_position as position, guest_id, folded
             from guests
            where guests.agency = mine.agency
              and came_at >= mine.since
              and came_at < mine.until
              and (came_at, entered_position)
                  < (%(before_at)s::text::timestamptz, %(before)s::bigint)
              and (%(held)s::boolean is distinct from true
                   or card_deposited_at is not null and card_returned_at is null)
              and (%(held)s::boolean is distinct from false
                   or card_deposited_at is null or card_returned_at is not null)
            order by came_at desc, entered_position desc
            limit %(limit)s
       ) as found
 order by at desc, position desc
 limit %(limit)s;
