-- The register: what officials did, in the order in which it was recorded.
-- Lines are added by register_append() alone and never changed.

-- Column names are those of the eventsourcing library, whose recorder reads this table.
create table register (
    originator_id      uuid        not null,              -- the stream: a case, a complaint, an objection
    originator_version bigint      not null check (originator_version >= 0),
    topic              text        not null,              -- the event's tag
    state              bytea       not null,              -- the event as msgspec JSON, tag included
    notification_id    bigserial   not null,              -- the position; holes after a rollback are legal
    event_id           uuid        not null default gen_random_uuid(),
    occurred_at        timestamptz not null default clock_timestamp(),
    recorded_at        timestamptz not null default clock_timestamp(),
    metadata           json        not null default '{}', -- json, not jsonb: keeps the text as sent, to be hashed
    constraint register_version primary key (originator_id, originator_version),
    constraint register_position unique (notification_id),
    constraint register_event unique (event_id)
) with (
    -- Nothing dies here, so vacuum only has to freeze and to mark pages as all visible;
    -- it does so at its first visit, since no line ever changes afterwards.
    autovacuum_vacuum_insert_threshold = 20000,
    autovacuum_vacuum_insert_scale_factor = 0.05,
    autovacuum_freeze_min_age = 0,
    -- Cached plans made while the table was small are given up when it is analysed.
    autovacuum_analyze_threshold = 500,
    autovacuum_analyze_scale_factor = 0.02
);

-- The library's name for what its recorder hands over.
create type stored_event_uuid as (
    originator_id uuid, originator_version bigint, topic text, state bytea
);

create function register_refuses_change() returns trigger
    language plpgsql
as $$
begin
    raise exception 'the register is append-only: % is refused', tg_op
        using errcode = 'restrict_violation';
end
$$;

create trigger register_is_append_only
    before update or delete or truncate on register
    for each statement execute function register_refuses_change();

-- "always": session_replication_role = replica does not switch it off.
alter table register enable always trigger register_is_append_only;

-- The one way in. Lines get their positions in the order of the arrays, and, because the
-- lock is kept until the commit is visible, a reader that has seen position n will
-- never see a smaller one appear later. A null in (or instead of) one of the last four
-- arrays takes the default: a random id, now, the time of recording, no metadata.
-- Answers the positions. Raises unique_violation on register_version or register_event.
create function register_append(
    stream uuid[], version bigint[], tag text[], state bytea[], event_id uuid[],
    occurred_at timestamptz[], recorded_at timestamptz[], metadata text[]
) returns bigint[]
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    stamped   constant timestamptz := clock_timestamp();
    positions bigint[];
begin
    -- Our lock 1 of this database, in the key space 'disp' (as ASCII): the order.
    -- Not LOCK TABLE: that would wait for every VACUUM and ANALYZE.
    perform pg_advisory_xact_lock(x'64697370'::integer, 1);

    with lines as (
        insert into public.register (
            originator_id, originator_version, topic, state,
            event_id, occurred_at, recorded_at, metadata
        )
        select line.stream, line.version, line.tag, line.state,
               coalesce(line.event_id, gen_random_uuid()),
               coalesce(line.occurred_at, line.recorded_at, stamped),
               coalesce(line.recorded_at, stamped),
               coalesce(line.metadata, '{}')::json
          from unnest($1, $2, $3, $4, $5, $6, $7, $8) with ordinality as line (
                   stream, version, tag, state,
                   event_id, occurred_at, recorded_at, metadata, n
               )
         order by line.n
        returning notification_id
    )
    select coalesce(array_agg(notification_id order by notification_id), '{}')
      into positions
      from lines;

    if positions <> '{}' then
        perform pg_notify('register', positions[cardinality(positions)]::text);
    end if;
    return positions;
end
$$;

-- How far each reader of the register (projector, sealer, courier) has come.
create table marks (
    name     text   not null primary key,
    position bigint not null check (position >= 0)
) with (
    fillfactor = 50,              -- updated in place, again and again
    autovacuum_vacuum_threshold = 50,
    autovacuum_vacuum_scale_factor = 0
);

-- The role that the running program takes. Roles belong to the whole cluster, so
-- another database of it may be making the same one at this moment.
do $$
begin
    if not exists (select from pg_roles where rolname = 'disposisi_desk') then
        create role disposisi_desk nologin;
    end if;
exception
    when duplicate_object or unique_violation then null;
end
$$;

-- A superuser may take any role; any other owner has to be a member.
do $$
begin
    if not (select rolsuper from pg_roles where rolname = current_user) then
        execute format('grant disposisi_desk to %I', current_user);
    end if;
exception
    when insufficient_privilege then
        -- On a managed server its administrator may have made role and member.
        if not pg_has_role(current_user, 'disposisi_desk', 'member') then
            raise;
        end if;
end
$$;

revoke all on function register_append from public;
revoke all on register, marks from public;
grant usage on schema public to disposisi_desk;
grant select on register to disposisi_desk;
grant execute on function register_append to disposisi_desk;
grant select, insert, update, delete on marks to disposisi_desk;
