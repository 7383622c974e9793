-- One row a complaint. Kept by complaints.py from the register; safe to drop and fill
-- again. Its words and who complains are sealed and stand nowhere here.

-- name: create
create table complaints (
    complaint_id         uuid        not null primary key,
    version              bigint      not null,
    position             bigint      not null,   -- of the last entry folded
    opened_position      bigint      not null,   -- lists go by this, newest first
    agency               text        not null,
    case_id              uuid,                   -- null: about no case
    channel              text        not null,
    category             text        not null,
    class                text,                   -- null: not yet classified
    kind                 text        not null,   -- whose affair it is
    stage                text        not null,
    about                text,                   -- the official complained of, by id
    anonymous            boolean     not null,
    confidential         boolean     not null,
    opened_at            timestamptz not null,
    classified_at        timestamptz,            -- each step: for the first time
    followed_up_at       timestamptz,
    answered_at          timestamptz,
    closed_at            timestamptz,
    due_on               date,                   -- null: nothing is owed by a day
    due_at               timestamptz,
    complaint_due_on     date,                   -- null: the clock has not started
    complaint_late_from  timestamptz,
    complaint_met_at     timestamptz,
    complaint_ended_at   timestamptz,            -- met, or stopped
    follow_up_due_on     date,                   -- of SP4N-LAPOR!
    follow_up_late_from  timestamptz,
    follow_up_met_at     timestamptz,
    follow_up_ended_at   timestamptz,
    folded               bytea       not null    -- what the next entry is folded on
);

-- name: index
create index complaints_newest on complaints (agency, opened_position desc);
create index complaints_by_day on complaints (agency, opened_at);
create index complaints_owed on complaints (agency, due_at)
    where due_at is not null;
create index complaints_open on complaints (agency, kind)
    where stage <> 'closed';
create index complaints_of_case on complaints (case_id)
    where case_id is not null;

-- name: rows
select *
  from complaints
 order by complaint_id;

-- name: standing
select complaint_id, version, position, opened_position, folded
  from complaints
 where complaint_id = any(%(streams)b::uuid[]);

-- name: write
insert into complaints (
    complaint_id, version, position, opened_position, agency, case_id, channel,
    category, class, kind, stage, about, anonymous, confidential, opened_at,
    classified_at, followed_up_at, answered_at, closed_at, due_on, due_at,
    complaint_due_on, complaint_late_from, complaint_met_at, complaint_ended_at,
    follow_up_due_on, follow_up_late_from, follow_up_met_at, follow_up_ended_at, folded
)
select *
  from unnest(
       %(complaint_id)b::uuid[], %(version)b::bigint[], %(position)b::bigint[],
       %(opened_position)b::bigint[], %(agency)b::text[], %(case_id)b::uuid[],
       %(channel)b::text[], %(category)b::text[], %(class)b::text[], %(kind)b::text[],
       %(stage)b::text[], %(about)b::text[], %(anonymous)b::boolean[],
       %(confidential)b::boolean[], %(opened_at)b::timestamptz[],
       %(classified_at)b::timestamptz[], %(followed_up_at)b::timestamptz[],
       %(answered_at)b::timestamptz[], %(closed_at)b::timestamptz[],
       %(due_on)b::date[], %(due_at)b::timestamptz[],
       %(complaint_due_on)b::date[], %(complaint_late_from)b::timestamptz[],
       %(complaint_met_at)b::timestamptz[], %(complaint_ended_at)b::timestamptz[],
       %(follow_up_due_on)b::date[], %(follow_up_late_from)b::timestamptz[],
       %(follow_up_met_at)b::timestamptz[], %(follow_up_ended_at)b::timestamptz[],
       %(folded)b::bytea[]
  )
    on conflict (complaint_id) do update
   set version = excluded.version,
       position = excluded.position,
       class = excluded.class,
       kind = excluded.kind,
       stage = excluded.stage,
       classified_at = excluded.classified_at,
       followed_up_at = excluded.followed_up_at,
       answered_at = excluded.answered_at,
       closed_at = excluded.closed_at,
       due_on = excluded.due_on,
       due_at = excluded.due_at,
       complaint_due_on = excluded.complaint_due_on,
       complaint_late_from = excluded.complaint_late_from,
       complaint_met_at = excluded.complaint_met_at,
       complaint_ended_at = excluded.complaint_ended_at,
       follow_up_due_on = excluded.follow_up_due_on,
       follow_up_late_from = excluded.follow_up_late_from,
       follow_up_met_at = excluded.follow_up_met_at,
       follow_up_ended_at = excluded.follow_up_ended_at,
       folded = excluded.folded;
