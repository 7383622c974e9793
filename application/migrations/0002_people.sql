-- People: who asked and in which words, sealed under a key of each person's own.
-- The register holds a person's id and digests of these ciphertexts, nothing else.

create table persons (
    person      uuid        not null primary key,
    agency      text        not null,
    wrapped_key bytea,                                 -- null once the person is erased
    created_at  timestamptz not null default clock_timestamp(),
    erased_at   timestamptz,
    constraint persons_erased check ((wrapped_key is null) = (erased_at is not null))
);

-- No foreign key to persons: it would cost a look-up for every field of every receipt,
-- and a field without its person's key opens for nobody.
create table sealed (
    person     uuid  not null,
    record     uuid  not null,                         -- a case, a complaint or a visit
    field      text  not null,
    ciphertext bytea not null,
    -- The record leads, so that one index serves the reading by record as well.
    constraint sealed_place primary key (record, person, field)
);

-- Ciphertext does not shrink.
alter table sealed alter column ciphertext set storage external;

-- Which key-encryption key this database was begun with, as a fingerprint.
create table key_encryption_key (
    fingerprint bytea       not null,
    first_used  timestamptz not null default clock_timestamp(),
    only_one    boolean     not null primary key default true check (only_one)
);

revoke all on persons, sealed, key_encryption_key from public;
grant select, insert on persons, sealed, key_encryption_key to disposisi_desk;
