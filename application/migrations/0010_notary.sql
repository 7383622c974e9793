-- The notary's log: a Merkle tree with one entry for every line of the register, in the
-- order of recording. Hashes only: nothing of a case and of nobody stands in it.

-- How far it has come. The sealer's mark (in `marks`) moves together with the size.
create table log_state (
    only_row    boolean     not null primary key default true check (only_row),
    size        bigint      not null default 0 check (size >= 0),  -- entries sealed
    stopped_at  bigint,               -- position of a line that can't be sealed...
    reason      text,                 -- ...and what is wrong with it; null when all is well
    stopped_since timestamptz
) with (
    fillfactor = 50,                  -- updated in place, again and again
    autovacuum_vacuum_threshold = 50,
    autovacuum_vacuum_scale_factor = 0
);
insert into log_state default values;

-- C2SP tlog-tiles: up to 256 hashes of 32 bytes; level 0 holds those of entries.
create table log_tiles (
    level  smallint not null check (level >= 0),
    n      bigint   not null check (n >= 0),
    hashes bytea    not null check (octet_length(hashes) between 32 and 8192),
    primary key (level, n)
);

-- The entries themselves, 256 to a bundle, each after its length in two bytes.
create table log_entries (
    n              bigint not null primary key check (n >= 0),
    first_position bigint not null unique,      -- of the register: finds an entry's index
    entries        bytea  not null
);

-- Hashes don't compress; don't try.
alter table log_tiles alter column hashes set storage external;
alter table log_entries alter column entries set storage external;

-- The last entry of every stream, to which its next one is chained.
create table log_heads (
    stream  uuid   not null primary key,
    version bigint not null,
    index   bigint not null,                    -- of the entry, in the log
    hash    bytea  not null                     -- of the entry, as a leaf of the tree
) with (fillfactor = 80);

-- What was signed, and with which keys it is checked. The private key is never here.
create table log_checkpoints (
    size    bigint      not null primary key,
    note    text        not null,
    made_at timestamptz not null default clock_timestamp()
);

create table log_keys (
    n            integer     not null primary key,   -- from 1; the last one signs
    verifier_key text        not null unique,
    introduction text,                               -- by the key before; null for the first
    known_since  timestamptz not null default clock_timestamp()
);

-- Tiles and bundles grow to the right and never change otherwise.
create function log_only_grows() returns trigger
    language plpgsql
as $$
declare
    before bytea;
    after  bytea;
begin
    if tg_op = 'UPDATE' then
        if tg_table_name = 'log_tiles' then
            before := old.hashes;
            after := new.hashes;
        else
            before := old.entries;
            after := new.entries;
        end if;
        if substring(after for octet_length(before)) = before then
            return new;
        end if;
    end if;
    raise exception 'the log only grows: % of % is refused', tg_op, tg_table_name
        using errcode = 'restrict_violation';
end
$$;

create trigger log_tiles_only_grow
    before update or delete on log_tiles
    for each row execute function log_only_grows();
create trigger log_tiles_stay
    before truncate on log_tiles
    for each statement execute function log_only_grows();
create trigger log_entries_only_grow
    before update or delete on log_entries
    for each row execute function log_only_grows();
create trigger log_entries_stay
    before truncate on log_entries
    for each statement execute function log_only_grows();

create function log_refuses_change() returns trigger
    language plpgsql
as $$
begin
    raise exception 'what was signed stays: % of % is refused', tg_op, tg_table_name
        using errcode = 'restrict_violation';
end
$$;

create trigger log_checkpoints_stay
    before update or delete or truncate on log_checkpoints
    for each statement execute function log_refuses_change();
create trigger log_keys_stay
    before update or delete or truncate on log_keys
    for each statement execute function log_refuses_change();

revoke all on log_state, log_tiles, log_entries, log_heads, log_checkpoints, log_keys
    from public;
grant select, insert, update on log_tiles, log_entries, log_heads to disposisi_desk;
grant select, update on log_state to disposisi_desk;
grant select, insert on log_checkpoints, log_keys to disposisi_desk;
