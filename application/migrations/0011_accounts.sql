-- Built-in accounts: how officials sign in where no provider does it for them, and who
-- gave or took which account.

create table accounts (
    official        text        not null primary key check (official ~ '^[a-z0-9-]{1,64}$'),
    kind            text        not null check (kind in ('person', 'service')),
    password        text,                              -- argon2id with its parameters; null: none yet
    password_set_at timestamptz,
    made_at         timestamptz not null,
    constraint accounts_password_and_since check ((password is null) = (password_set_at is null)),
    constraint accounts_of_services_have_no_password check (kind = 'person' or password is null)
);

-- Wrong tries, of names that nobody bears as well: who knocks can't tell them apart.
create table sign_in_tries (
    who          bytea       not null primary key,     -- SHA-256 of the name as it was given
    failures     integer     not null check (failures > 0),
    last_at      timestamptz not null,
    paused_until timestamptz not null                  -- as long no try is looked at
);

create index sign_in_tries_by_age on sign_in_tries (last_at);

-- One-time links; each is known by its hash alone.
create table sign_in_links (
    hash       bytea       not null primary key,       -- SHA-256
    official   text,                                   -- null: whoever becomes the first administrator
    issued_at  timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz
);

create index sign_in_links_of_official on sign_in_links (official);

create table sessions (
    session          uuid        not null primary key, -- its name; no secret
    hash             bytea       not null unique,      -- SHA-256 of what the cookie holds now
    official         text        not null,
    began_at         timestamptz not null,
    authenticated_at timestamptz not null,             -- when the password was last given
    seen_at          timestamptz not null,
    ended_at         timestamptz
);

create index sessions_of_official on sessions (official) where ended_at is null;

-- null: a person's, for everything that he may do; else the actions it is narrowed to.
alter table tokens add column scopes text[] check (cardinality(scopes) > 0);

create table account_events (
    position bigint      not null generated always as identity primary key,
    at       timestamptz not null,
    by       text,                                     -- null: the operator, or the program itself
    what     text        not null,
    official text        not null,                     -- whose account it is about
    agencies text[]      not null,                     -- in which that official served then
    roles    text[]      not null default '{}',        -- that were given
    scopes   text[]      not null default '{}'         -- that were given
);

create index account_events_of_agencies on account_events using gin (agencies);

create function account_events_refuse_change() returns trigger
    language plpgsql
as $$
begin
    raise exception 'what was done to accounts is append-only: % is refused', tg_op
        using errcode = 'restrict_violation';
end
$$;

create trigger account_events_are_kept
    before update or delete or truncate on account_events
    for each statement execute function account_events_refuse_change();

alter table account_events enable always trigger account_events_are_kept;

-- A role of its own, which the running program takes for these acts alone: elsewhere it
-- reads no password's hash and makes nobody an official.
do $$
begin
    if not exists (select from pg_roles where rolname = 'disposisi_accounts') then
        create role disposisi_accounts nologin;
    end if;
exception
    when duplicate_object or unique_violation then null;
end
$$;

do $$
begin
    if not (select rolsuper from pg_roles where rolname = current_user) then
        execute format('grant disposisi_accounts to %I', current_user);
    end if;
exception
    when insufficient_privilege then
        if not pg_has_role(current_user, 'disposisi_accounts', 'member') then
            raise;
        end if;
end
$$;

revoke all on accounts, sign_in_tries, sign_in_links, sessions, account_events from public;
grant usage on schema public to disposisi_accounts;
grant select, insert, update on accounts, sign_in_links, sessions, officials, tokens
   to disposisi_accounts;
grant select, insert, update, delete on sign_in_tries to disposisi_accounts;
grant select, insert on account_events to disposisi_accounts;
grant select on account_events to disposisi_desk;
