-- One row a data breach. Kept by breaches.py from the register; safe to drop and fill
-- again. Whom a breach concerns stands in its own history alone.

-- name: create
create table breaches (
    breach_id        uuid        not null primary key,
    version          bigint      not null,
    position         bigint      not null,    -- of the last entry folded
    opened_position  bigint      not null,    -- the list goes by this, newest first
    agency           text        not null,
    stage            text        not null,
    due_at           timestamptz,             -- null: all were told
    folded           bytea       not null     -- what the next entry is folded on
);

-- name: index
create index breaches_newest on breaches (agency, opened_position desc);

-- name: rows
select *
  from breaches
 order by breach_id;

-- name: standing
select breach_id, version, position, opened_position, folded
  from breaches
 where breach_id = any(%(streams)b::uuid[]);

-- name: write
insert into breaches (
    breach_id, version, position, opened_position, agency, stage, due_at, folded
)
select *
  from unnest(
       %(breach_id)b::uuid[], %(version)b::bigint[], %(position)b::bigint[],
       %(opened_position)b::bigint[], %(agency)b::text[], %(stage)b::text[],
       %(due_at)b::timestamptz[], %(folded)b::bytea[]
  )
    on conflict (breach_id) do update
   set version = excluded.version,
       position = excluded.position,
       stage = excluded.stage,
       due_at = excluded.due_at,
       folded = excluded.folded;
