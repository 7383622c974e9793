-- One row a data subject's request. Kept by data_requests.py from the register; safe to
-- drop and fill again. The wish itself is sealed and stands nowhere here.

-- name: create
create table data_requests (
    request_id       uuid        not null primary key,
    version          bigint      not null,
    position         bigint      not null,    -- of the last entry folded
    opened_position  bigint      not null,    -- lists go by this, newest first
    agency           text        not null,
    person           uuid        not null,
    kind             text        not null,    -- the right that is asked for
    stage            text        not null,
    due_at           timestamptz,             -- null: no answer is owed
    folded           bytea       not null     -- what the next entry is folded on
);

-- name: index
create index data_requests_newest on data_requests (agency, opened_position desc);
create index data_requests_of_person on data_requests (person, opened_position desc);
create index data_requests_owed on data_requests (agency, due_at)
    where due_at is not null;

-- name: rows
select *
  from data_requests
 order by request_id;

-- name: standing
select request_id, version, position, opened_position, folded
  from data_requests
 where request_id = any(%(streams)b::uuid[]);

-- name: write
insert into data_requests (
    request_id, version, position, opened_position, agency, person, kind, stage, due_at,
    folded
)
select *
  from unnest(
       %(request_id)b::uuid[], %(version)b::bigint[], %(position)b::bigint[],
       %(opened_position)b::bigint[], %(agency)b::text[], %(person)b::uuid[],
       %(kind)b::text[], %(stage)b::text[], %(due_at)b::timestamptz[],
       %(folded)b::bytea[]
  )
    on conflict (request_id) do update
   set version = excluded.version,
       position = excluded.position,
       stage = excluded.stage,
       due_at = excluded.due_at,
       folded = excluded.folded;
