-- Every view keeps its tables in a schema named for it and for the version of its code
-- (`cases_v5`), so that another version, or a fresh copy of the same one, can be filled
-- beside it. Their own tables stand in the views' .sql; here is what is known of them.

-- All of it can be made anew from the register.
drop table cases, views, parked;
delete from marks where name = 'projector';

-- The copies that serve, and how far they have come.
create table views (
    schema    text        not null primary key,      -- of the view's tables
    name      text        not null,
    version   integer     not null,                  -- of the code that fills them
    position  bigint      not null check (position >= 0),
    moved_at  timestamptz not null default clock_timestamp(),  -- a page was written
    looked_at timestamptz not null default clock_timestamp()   -- its end was looked for
) with (
    fillfactor = 50,              -- updated in place, again and again
    autovacuum_vacuum_threshold = 50,
    autovacuum_vacuum_scale_factor = 0
);

-- The copies that are being filled beside them.
create table rebuilds (
    schema         text        not null primary key,
    name           text        not null,
    version        integer     not null,
    upto           bigint      not null,   -- first history by history, up to here...
    lines          bigint      not null,   -- ...which are so many lines...
    folded         bigint      not null default 0,   -- ...of which so many are done,
    stream         uuid,                   -- the last one of this history...
    stream_version bigint,                 -- ...and of this version; null at the start
    position       bigint,                 -- then in the register's order; null before
    begun_at       timestamptz not null default clock_timestamp()
);

-- Entries that a copy could not take, with the later ones of the same history.
-- No personal data: where an entry stands, and the name of the error.
create table parked (
    schema    text        not null,        -- of the view's tables that lack it
    position  bigint      not null,
    stream    uuid        not null,
    version   bigint      not null,
    tag       text        not null,
    error     text        not null,
    parked_at timestamptz not null default clock_timestamp(),
    primary key (schema, position)
);

create index parked_by_stream on parked (stream);

revoke all on views, rebuilds, parked from public;
grant select, insert, update, delete on views, rebuilds, parked to disposisi_desk;
