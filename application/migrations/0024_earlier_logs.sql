-- A log that can't go on, because its database was restored from an older backup, is
-- set aside with all that was signed of it, and another one begins. Nothing that was
-- signed is dropped: rows leave their tables once they stand here.

create table earlier_logs (
    n         integer     not null primary key,    -- from 1, in the order of their ends
    successor text        not null,                -- signed note: which log follows, why
    ended_at  timestamptz not null default clock_timestamp()
);

create table earlier_log_checkpoints (
    log     integer     not null references earlier_logs,
    size    bigint      not null,
    note    text        not null,
    made_at timestamptz not null,
    primary key (log, size)
);

create table earlier_log_keys (
    log          integer     not null references earlier_logs,
    n            integer     not null,
    verifier_key text        not null,
    introduction text,                             -- as in log_keys
    known_since  timestamptz not null,
    primary key (log, n)
);

create trigger earlier_logs_stay
    before update or delete or truncate on earlier_logs
    for each statement execute function log_refuses_change();
create trigger earlier_log_checkpoints_stay
    before update or delete or truncate on earlier_log_checkpoints
    for each statement execute function log_refuses_change();
create trigger earlier_log_keys_stay
    before update or delete or truncate on earlier_log_keys
    for each statement execute function log_refuses_change();

-- The tables are emptied when a log has ended and all of their rows are kept.
create function log_stays_unless_set_aside() returns trigger
    language plpgsql
as $$
begin
    if exists (select from earlier_logs)
       and not exists (select size, note from log_checkpoints
                        where tg_table_name = 'log_checkpoints'
                       except select size, note from earlier_log_checkpoints)
       and not exists (select n, verifier_key from log_keys
                        where tg_table_name = 'log_keys'
                       except select n, verifier_key from earlier_log_keys) then
        return null;
    end if;
    raise exception 'what was signed stays: % of % is refused', tg_op, tg_table_name
        using errcode = 'restrict_violation';
end
$$;

drop trigger log_checkpoints_stay on log_checkpoints;
drop trigger log_keys_stay on log_keys;
create trigger log_checkpoints_stay
    before update or truncate on log_checkpoints
    for each statement execute function log_refuses_change();
create trigger log_keys_stay
    before update or truncate on log_keys
    for each statement execute function log_refuses_change();
create trigger log_checkpoints_are_kept
    before delete on log_checkpoints
    for each statement execute function log_stays_unless_set_aside();
create trigger log_keys_are_kept
    before delete on log_keys
    for each statement execute function log_stays_unless_set_aside();

-- As 0023 has it of the others: a session that is a replica's is refused as well.
alter table earlier_logs enable always trigger earlier_logs_stay;
alter table earlier_log_checkpoints enable always trigger earlier_log_checkpoints_stay;
alter table earlier_log_keys enable always trigger earlier_log_keys_stay;
alter table log_checkpoints enable always trigger log_checkpoints_stay;
alter table log_checkpoints enable always trigger log_checkpoints_are_kept;
alter table log_keys enable always trigger log_keys_stay;
alter table log_keys enable always trigger log_keys_are_kept;

revoke all on earlier_logs, earlier_log_checkpoints, earlier_log_keys from public;
