-- Sign-ins at the organisation's provider that are under way; each serves once.

create table provider_sign_ins (
    hash     bytea       not null primary key,         -- SHA-256 of what the browser's cookie holds
    began_at timestamptz not null,
    session  uuid,                                     -- that the browser had then; null: none
    step_up  boolean     not null                      -- somebody known proves himself anew
);

create index provider_sign_ins_by_age on provider_sign_ins (began_at);

revoke all on provider_sign_ins from public;
grant select, insert, delete on provider_sign_ins to disposisi_accounts;
