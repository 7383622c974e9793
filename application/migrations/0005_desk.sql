-- The desk's own books: numbers, which report is which case, and replies already given.

-- Registration numbers are gapless per agency and year: a counter moves in the same
-- transaction as the receipt that takes its number.
create table counters (
    agency text    not null,
    year   integer not null,
    last   bigint  not null check (last >= 0),
    primary key (agency, year)
) with (fillfactor = 50);                -- updated in place by every receipt

create table registrations (
    registration_number text not null primary key,
    case_id             uuid not null
);

create table lapor_reports (
    tracking_id text not null primary key,
    case_id     uuid not null
);

create table replies (
    official    text        not null,
    method      text        not null,
    path        text        not null,
    key         text        not null,
    body_sha256 bytea       not null,
    answer      bytea       not null,    -- as it went out, but with position 0
    subject     uuid        not null,
    version     bigint      not null,
    event_id    uuid        not null,    -- its line in the register has the position
    given_at    timestamptz not null,
    constraint replies_scope primary key (official, method, path, key)
);

create index replies_by_age on replies (given_at);

revoke all on counters, registrations, lapor_reports, replies from public;
grant select, insert, update on counters to disposisi_desk;
grant select, insert on registrations, lapor_reports to disposisi_desk;
grant select, insert, delete on replies to disposisi_desk;
