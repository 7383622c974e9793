-- One row for each act that is owed in a case and each role that may do it; beside the
-- case's own row, of which it is told (owed.py). Nothing stands here of closed cases.

-- name: create
create table tasks (
    case_id           uuid        not null,
    task              text        not null,   -- the word of the act
    role              text        not null,
    agency            text        not null,
    received_position bigint      not null,   -- the older of two equals goes first
    whose             text        not null,   -- the role, or @ and whose alone it is
    unit              text,                   -- heads over it; null: every unit's
    drafted_by        text,                   -- never he, in nobody's post
    not_by            text[]      not null,   -- nor these in their own posts
    on_behalf         boolean     not null,   -- in his own post no unit narrows it
    since             timestamptz not null,
    from_on           date,                   -- not before this day; null: now
    due_on            date,                   -- null: no day is known for it
    due_at            timestamptz,
    target_at         timestamptz,            -- of a target, which is no limit
    primary key (case_id, task, role)
) with (
    fillfactor = 70,                          -- rows come and go with every act
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_analyze_scale_factor = 0.02
);

-- name: index
-- In the order of the list: what is due first, then what came first.
create index tasks_waiting on tasks (
    agency, whose, task,
    (coalesce(least(due_at, target_at), 'infinity'::timestamptz)), received_position
);
create index tasks_by_unit on tasks (agency, unit)
    where unit is not null;

-- name: rows
select *
  from tasks
 order by case_id, task, role;

-- name: drop
delete from tasks
 where case_id = any(%(cases)b::uuid[]);

-- name: write
-- After the cases' own rows.
insert into tasks (
    case_id, task, role, agency, received_position, whose, unit, drafted_by, not_by,
    on_behalf, since, from_on, due_on, due_at, target_at
)
select new.case_id, task, role, agency, received_position, whose, new.unit,
       drafted_by, string_to_array(not_by, ','), on_behalf::boolean, since, from_on,
       new.due_on, new.due_at, target_at
  from unnest(
       %(case_id)b::uuid[], %(task)b::text[], %(role)b::text[], %(whose)b::text[],
       %(unit)b::text[], %(drafted_by)b::text[], %(not_by)b::text[],
       %(on_behalf)b::text[], %(since)b::timestamptz[], %(from_on)b::date[],
       %(due_on)b::date[], %(due_at)b::timestamptz[], %(target_at)b::timestamptz[]
  ) as new (
       case_id, task, role, whose, unit, drafted_by, not_by, on_behalf, since,
       from_on, due_on, due_at, target_at
  )
  join cases using (case_id);
