-- What tries.py writes and reads.

-- name: count
-- No row comes back in a pause. The exponent is bounded: powers overflow.
insert into sign_in_tries as t (who, failures, last_at, paused_until)
values (%(who)s, 1, %(at)s, %(at)s)
    on conflict (who) do update
   set failures = case when t.last_at < %(forgotten)s then 1 else t.failures + 1 end,
       last_at = %(at)s,
       paused_until = case
           when t.last_at < %(forgotten)s or t.failures + 1 <= %(free)s then %(at)s
           else %(at)s + least(
               %(longest)s::interval,
               %(first)s::interval * power(2, least(t.failures - %(free)s, 20))
           )
       end
 where t.paused_until <= %(at)s
returning failures;

-- name: paused_until
select paused_until from sign_in_tries where who = %(who)s;

-- name: forget
delete from sign_in_tries where who = %(who)s;

-- name: sweep
delete from sign_in_tries where last_at < %(forgotten)s;
