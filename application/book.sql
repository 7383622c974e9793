-- The desk's transaction besides the register and the people: see 0005_desk.sql.

-- name: draw_counters
-- Takes the counters' locks, in one order everywhere, until the transaction ends.
insert into counters as held (agency, year, last)
select agency, year, 0
  from unnest(%(agencies)b::text[], %(years)b::bigint[]) as wanted (agency, year)
 order by agency, year
    on conflict (agency, year) do update set last = held.last
returning agency, year, last;

-- name: move_counters
update counters
   set last = moved.last
  from unnest(%(agencies)b::text[], %(years)b::bigint[], %(lasts)b::bigint[])
       as moved (agency, year, last)
 where counters.agency = moved.agency
   and counters.year = moved.year;

-- name: reports_taken
select tracking_id, case_id
  from lapor_reports
 where tracking_id = any(%(tracking_ids)b::text[]);

-- name: take_reports
insert into lapor_reports (tracking_id, case_id)
select * from unnest(%(tracking_ids)b::text[], %(cases)b::uuid[]);

-- name: register_numbers
insert into registrations (registration_number, case_id)
select * from unnest(%(numbers)b::text[], %(cases)b::uuid[]);

-- name: replies_given
select official, method, path, key, body_sha256, answer, subject, version, notification_id
  from replies
  join register using (event_id)
 where (official, method, path, key) in (
           select * from unnest(%(officials)b::text[], %(methods)b::text[],
                                %(paths)b::text[], %(keys)b::text[])
       )
   and given_at > %(since)s;

-- name: forget_replies
delete from replies where given_at <= %(before)s;

-- name: keep_replies
insert into replies (official, method, path, key, body_sha256, answer, subject, version,
                     event_id, given_at)
select *, %(given_at)s
  from unnest(%(officials)b::text[], %(methods)b::text[], %(paths)b::text[],
              %(keys)b::text[], %(bodies)b::bytea[], %(answers)b::bytea[],
              %(subjects)b::uuid[], %(versions)b::bigint[], %(event_ids)b::uuid[]);
