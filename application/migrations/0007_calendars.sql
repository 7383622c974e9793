-- Editions of the office calendar: every one that a due date ever named stands here for
-- good, so that a term can be counted again in the edition in which it was counted.

create table calendar_editions (
    edition      text        not null primary key,
    ordinal      integer     unique,      -- in the order of announcement, the highest is in force;
                                          -- null: came with the program, was never in force
    based_on     text        references calendar_editions,  -- null: came with the program
    announced_at timestamptz not null default clock_timestamp(),
    body         text        not null     -- the whole table of holidays as msgspec JSON
);

create function calendar_editions_refuse_change() returns trigger
    language plpgsql
as $$
begin
    raise exception 'an edition of the calendar never changes: % is refused', tg_op
        using errcode = 'restrict_violation';
end
$$;

create trigger calendar_editions_are_kept
    before update or delete or truncate on calendar_editions
    for each statement execute function calendar_editions_refuse_change();

alter table calendar_editions enable always trigger calendar_editions_are_kept;

-- How far the open cases have been told of an edition.
create table announcements (
    edition     text             not null primary key references calendar_editions,
    head        bigint           not null,            -- what opens behind it knows the edition
    position    bigint           not null default 0,  -- of the last opening looked at
    streams     bigint           not null default 0,
    moved       bigint           not null default 0,
    unreadable  bigint           not null default 0,
    seconds     double precision not null default 0,  -- spent on it so far
    finished_at timestamptz                           -- null: under way, or broken off
) with (fillfactor = 50);

-- Where the histories begin that have clocks, in the order of the register.
create index register_openings on register (notification_id) include (originator_id)
    where topic in ('received', 'complaint-opened', 'objection-filed');

-- As in 0001, and refuses what was decided under another edition than the one in force:
-- an announcement takes the same lock, so after it nothing rests on the older one.
-- A null edition is not checked. Raises check_violation on calendar_edition.
drop function register_append(
    uuid[], bigint[], text[], bytea[], uuid[], timestamptz[], timestamptz[], text[]
);

create function register_append(
    stream uuid[], version bigint[], tag text[], state bytea[], event_id uuid[],
    occurred_at timestamptz[], recorded_at timestamptz[], metadata text[],
    decided_under text default null
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

    -- Null, and so no refusal, while no edition was entered.
    if $9 <> (
        select edition
          from public.calendar_editions
         where ordinal is not null
         order by ordinal desc
         limit 1
    ) then
        raise exception 'decided under an older edition of the calendar'
            using errcode = 'check_violation', constraint = 'calendar_edition';
    end if;

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

revoke all on function register_append from public;
grant execute on function register_append to disposisi_desk;
revoke all on calendar_editions, announcements from public;
grant select on calendar_editions to disposisi_desk;
