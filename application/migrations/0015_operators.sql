-- What was done at the command line, and by which user of the operating system. Lines
-- are added by the command line and never changed.

create table operator_acts (
    position  bigint      not null generated always as identity primary key,
    at        timestamptz not null,
    os_user   text        not null check (length(os_user) between 1 and 200),
    command   text        not null,        -- as it is typed after `disposisi`
    job       text        not null,        -- the row of the table of jobs that allows it
    about     text        not null         -- an id, a code or a file's name; no person's
);

create function operator_acts_refuse_change() returns trigger
    language plpgsql
as $$
begin
    raise exception 'what operators did is append-only: % is refused', tg_op
        using errcode = 'restrict_violation';
end
$$;

create trigger operator_acts_are_kept
    before update or delete or truncate on operator_acts
    for each statement execute function operator_acts_refuse_change();

alter table operator_acts enable always trigger operator_acts_are_kept;

revoke all on operator_acts from public;
