-- One row an entry, of every history: who did what, when, under which rule (jejak
-- audit). Never what the entry says: that is read from the register, for rows shown.
-- Kept by audit_trail.py from the register; safe to drop and fill again.

-- name: create
create table trail (
    position    bigint      not null,   -- in the register
    stream      uuid        not null,
    version     bigint      not null,
    kind        text        not null,   -- case, complaint, objection or visit
    agency      text        not null,   -- whose matter it is
    tag         text        not null,
    official    text,                   -- null: the program itself
    role        text,
    acting_for  text,
    rule        text,                   -- the row of the authority table
    occurred_at timestamptz not null,
    recorded_at timestamptz not null,
    late        boolean     not null    -- entered on a later day, with a reason
) with (
    -- Rows are never touched again; vacuum marks pages as all visible.
    autovacuum_vacuum_insert_scale_factor = 0.05,
    autovacuum_freeze_min_age = 0,
    autovacuum_analyze_scale_factor = 0.02
);

-- What stands beside cases: by which case it is found, and who may read it.
create table trail_beside (
    stream    uuid  not null primary key,
    kind      text  not null,   -- complaint or objection
    case_id   uuid,             -- null: a complaint about no case
    about     text,             -- the official complained of, who never reads it
    affair    text,             -- a complaint's kind, which says whose affair it is
    complaint bytea not null    -- folded, for its next entry; empty: an objection
);

-- Between which times the entries of a stretch of the register lie: a search by time
-- passes by the stretches in which nothing can fit.
create table trail_stretches (
    first_position bigint      not null primary key,
    occurred_first timestamptz not null,
    occurred_last  timestamptz not null,
    recorded_first timestamptz not null,
    recorded_last  timestamptz not null
) with (
    fillfactor = 50                     -- the last one is updated again and again
);

-- name: index
alter table trail add constraint trail_position primary key (position);
create index trail_of_agency on trail (agency, position);
create index trail_of_official on trail (agency, official, position);
create index trail_of_tag on trail (agency, tag, position);
create index trail_of_role on trail (agency, role, position);
create index trail_late on trail (agency, position) where late;
create index trail_beside_case on trail_beside (case_id) where case_id is not null;

-- name: rows
select *
  from trail
 order by position;

-- name: rows_beside
select *
  from trail_beside
 order by stream;

-- name: rows_stretches
select *
  from trail_stretches
 order by first_position;

-- name: beside
select stream, kind, case_id, complaint
  from trail_beside
 where stream = any(%(streams)b::uuid[]);

-- name: write
insert into trail (
    position, stream, version, kind, agency, tag, official, role, acting_for, rule,
    occurred_at, recorded_at, late
)
select position, stream, version, kind, agency, tag, official, role, acting_for, rule,
       occurred_at, recorded_at, late
  from unnest(
       %(position)b::bigint[], %(stream)b::uuid[], %(version)b::bigint[],
       %(kind)b::text[], %(agency)b::text[], %(tag)b::text[], %(official)b::text[],
       %(role)b::text[], %(acting_for)b::text[], %(rule)b::text[],
       %(occurred_at)b::timestamptz[], %(recorded_at)b::timestamptz[],
       %(late)b::boolean[]
  ) as new (
       position, stream, version, kind, agency, tag, official, role, acting_for, rule,
       occurred_at, recorded_at, late
  );

-- name: write_beside
insert into trail_beside (stream, kind, case_id, about, affair, complaint)
select stream, kind, case_id, about, affair, complaint
  from unnest(
       %(stream)b::uuid[], %(kind)b::text[], %(case_id)b::uuid[], %(about)b::text[],
       %(affair)b::text[], %(complaint)b::bytea[]
  ) as new (stream, kind, case_id, about, affair, complaint)
    on conflict (stream) do update
   set affair = excluded.affair,
       complaint = excluded.complaint;

-- name: write_stretches
-- Most are wide enough already: those are not touched.
insert into trail_stretches as standing (
    first_position, occurred_first, occurred_last, recorded_first, recorded_last
)
select new.*
  from unnest(
       %(first_position)b::bigint[],
       %(occurred_first)b::timestamptz[], %(occurred_last)b::timestamptz[],
       %(recorded_first)b::timestamptz[], %(recorded_last)b::timestamptz[]
  ) as new (
       first_position, occurred_first, occurred_last, recorded_first, recorded_last
  )
  left join trail_stretches as known using (first_position)
 where known.first_position is null
    or new.occurred_first < known.occurred_first
    or new.occurred_last > known.occurred_last
    or new.recorded_first < known.recorded_first
    or new.recorded_last > known.recorded_last
    on conflict (first_position) do update
   set occurred_first = least(standing.occurred_first, excluded.occurred_first),
       occurred_last = greatest(standing.occurred_last, excluded.occurred_last),
       recorded_first = least(standing.recorded_first, excluded.recorded_first),
       recorded_last = greatest(standing.recorded_last, excluded.recorded_last);
