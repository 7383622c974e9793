-- Whose data nobody uses for the time being; see 0013_data_requests.sql.
-- Of several restrictions each is lifted by itself.

-- name: restrict
insert into restricted_persons (person, request)
select * from unnest(%(persons)b::uuid[], %(requests)b::uuid[])
    on conflict do nothing;

-- name: lift
delete from restricted_persons
 using unnest(%(persons)b::uuid[], %(requests)b::uuid[]) as gone (person, request)
 where restricted_persons.person = gone.person
   and restricted_persons.request = gone.request;

-- name: closed
select exists (
    select
      from restricted_persons
     where person = any(%(persons)s::uuid[])
);
