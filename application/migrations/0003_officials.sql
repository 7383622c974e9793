-- Officials: who works here, in which capacity, and the tokens they hold.

-- An official serves one or several agencies under the same id, one row each.
create table officials (
    id          text        not null check (id ~ '^[a-z0-9-]{1,64}$'),
    agency      text        not null,
    name        text        not null check (length(name) between 1 and 200),
    roles       text[]      not null check (cardinality(roles) > 0),
    unit        text        check (unit ~ '^[a-z0-9-]+(/[a-z0-9-]+)*$'),  -- null: every unit
    added_at    timestamptz not null,
    disabled_at timestamptz,                           -- null: in office
    constraint officials_of_agency primary key (id, agency)
);

-- A bearer token is known by its hash alone; whoever reads this table gets no token.
create table tokens (
    hash       bytea       not null primary key,       -- SHA-256
    official   text        not null,                   -- one token serves all agencies of the official
    issued_at  timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    constraint tokens_last_a_day check (expires_at >= issued_at + interval '24 hours')
);

create index tokens_of_official on tokens (official);

-- The running program reads them; the command line, as the owner, adds and disables.
revoke all on officials, tokens from public;
grant select on officials, tokens to disposisi_desk;
