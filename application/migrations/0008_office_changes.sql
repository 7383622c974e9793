-- How the office changes by effective date: units renamed or merged, and who was
-- appointed to act for whom. Lines are added by the command line and never changed.

create table unit_changes (
    agency       text        not null,
    old_path     text        not null check (old_path ~ '^[a-z0-9-]+(/[a-z0-9-]+)*$'),
    new_path     text        not null check (new_path ~ '^[a-z0-9-]+(/[a-z0-9-]+)*$'),
    effective_on date        not null,                 -- a local day of the agency
    decree       text        not null check (length(decree) between 1 and 200),
    recorded_at  timestamptz not null,
    recorded_by  text        not null default session_user,
    constraint unit_changes_once primary key (agency, old_path, effective_on)
);

-- Of the lines of one appointment (agency, official, for whom, capacity, first day) the
-- latest holds: an open end is closed by another line.
create table stand_ins (
    position    bigint      not null generated always as identity primary key,
    agency      text        not null,
    official    text        not null,
    acting_for  text        not null check (acting_for <> official),
    capacity    text        not null check (capacity in ('acting', 'daily_acting', 'interim')),
    first       date        not null,                  -- local days of the agency, inclusive
    last        date        check (last >= first),     -- null: open
    decree      text        not null check (length(decree) between 1 and 200),
    recorded_at timestamptz not null,
    recorded_by text        not null default session_user,
    foreign key (official, agency) references officials (id, agency),
    foreign key (acting_for, agency) references officials (id, agency)
);

create function office_changes_refuse_change() returns trigger
    language plpgsql
as $$
begin
    raise exception 'changes of the office are append-only: % is refused', tg_op
        using errcode = 'restrict_violation';
end
$$;

create trigger unit_changes_are_kept
    before update or delete or truncate on unit_changes
    for each statement execute function office_changes_refuse_change();

create trigger stand_ins_are_kept
    before update or delete or truncate on stand_ins
    for each statement execute function office_changes_refuse_change();

alter table unit_changes enable always trigger unit_changes_are_kept;
alter table stand_ins enable always trigger stand_ins_are_kept;

-- The running program reads them; the command line, as the owner, adds.
revoke all on unit_changes, stand_ins from public;
grant select on unit_changes, stand_ins to disposisi_desk;
