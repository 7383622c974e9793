-- What basis.py asks.

-- name: stands
-- null: he had no password, or the token was given without a session.
select (select password_set_at from accounts where official = %(official)s)
           is not distinct from %(password_set_at)s::timestamptz
   and (%(session)s::uuid is null
        or exists (select from sessions
                    where session = %(session)s
                      and official = %(official)s
                      and ended_at is null));
