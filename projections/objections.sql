-- One row an objection. Kept by objections.py from the register; safe to drop and fill
-- again. Its words and who objects are sealed and stand nowhere here.

-- name: create
create table objections (
    objection_id       uuid        not null primary key,
    version            bigint      not null,
    position           bigint      not null,    -- of the last entry folded
    filed_position     bigint      not null,    -- lists go by this, newest first
    agency             text        not null,
    case_id            uuid        not null,    -- whose decision it attacks
    ground             text        not null,    -- the letter of KIP art. 35(1)
    filed_by           text        not null,    -- requester or proxy
    stage              text        not null,
    ruling             text,
    filed_at           timestamptz not null,
    decided_at         timestamptz,
    decided_by         text,                    -- an official's id
    letter_number      text,                    -- of the decision
    disputed_at        timestamptz,             -- first noted
    commission_number  text,
    commission_status  text,
    due_on             date,                    -- null: the superior owes no reply
    due_at             timestamptz,
    reply_due_on       date,                    -- null: the clock has not started
    reply_late_from    timestamptz,
    reply_met_at       timestamptz,
    reply_ended_at     timestamptz,             -- met, or stopped
    dispute_due_on     date,                    -- the requester's own clock
    dispute_late_from  timestamptz,
    dispute_met_at     timestamptz,
    dispute_ended_at   timestamptz,
    folded             bytea       not null     -- what the next entry is folded on
);

-- name: index
create index objections_newest on objections (agency, filed_position desc);
create index objections_by_day on objections (agency, filed_at);
create index objections_owed on objections (agency, due_at)
    where due_at is not null;
create index objections_undecided on objections (agency)
    where stage = 'filed';
create index objections_of_case on objections (case_id);

-- name: rows
select *
  from objections
 order by objection_id;

-- name: standing
select objection_id, version, position, filed_position, folded
  from objections
 where objection_id = any(%(streams)b::uuid[]);

-- name: write
insert into objections (
    objection_id, version, position, filed_position, agency, case_id, ground, filed_by,
    stage, ruling, filed_at, decided_at, decided_by, letter_number, disputed_at,
    commission_number, commission_status, due_on, due_at, reply_due_on, reply_late_from,
    reply_met_at, reply_ended_at, dispute_due_on, dispute_late_from, dispute_met_at,
    dispute_ended_at, folded
)
select *
  from unnest(
       %(objection_id)b::uuid[], %(version)b::bigint[], %(position)b::bigint[],
       %(filed_position)b::bigint[], %(agency)b::text[], %(case_id)b::uuid[],
       %(ground)b::text[], %(filed_by)b::text[], %(stage)b::text[], %(ruling)b::text[],
       %(filed_at)b::timestamptz[], %(decided_at)b::timestamptz[],
       %(decided_by)b::text[], %(letter_number)b::text[],
       %(disputed_at)b::timestamptz[], %(commission_number)b::text[],
       %(commission_status)b::text[], %(due_on)b::date[], %(due_at)b::timestamptz[],
       %(reply_due_on)b::date[], %(reply_late_from)b::timestamptz[],
       %(reply_met_at)b::timestamptz[], %(reply_ended_at)b::timestamptz[],
       %(dispute_due_on)b::date[], %(dispute_late_from)b::timestamptz[],
       %(dispute_met_at)b::timestamptz[], %(dispute_ended_at)b::timestamptz[],
       %(folded)b::bytea[]
  )
    on conflict (objection_id) do update
   set version = excluded.version,
       position = excluded.position,
       stage = excluded.stage,
       ruling = excluded.ruling,
       decided_at = excluded.decided_at,
       decided_by = excluded.decided_by,
       letter_number = excluded.letter_number,
       disputed_at = excluded.disputed_at,
       commission_number = excluded.commission_number,
       commission_status = excluded.commission_status,
       due_on = excluded.due_on,
       due_at = excluded.due_at,
       reply_due_on = excluded.reply_due_on,
       reply_late_from = excluded.reply_late_from,
       reply_met_at = excluded.reply_met_at,
       reply_ended_at = excluded.reply_ended_at,
       dispute_due_on = excluded.dispute_due_on,
       dispute_late_from = excluded.dispute_late_from,
       dispute_met_at = excluded.dispute_met_at,
       dispute_ended_at = excluded.dispute_ended_at,
       folded = excluded.folded;
