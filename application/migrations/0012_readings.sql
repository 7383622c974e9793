-- Readings: who was shown what of whose data, when, and on which ground. Lines are added
-- before the data go out, and never changed. They hold ids and names of fields, and
-- nothing that any of the fields says.

create table readings (
    reading    bigint      not null generated always as identity primary key,
    at         timestamptz not null,
    official   text,                        -- null: the operator of the program
    role       text,                        -- the one in which he read; null: the operator
    rule       text        not null,        -- the row of the authority table
    acting_for text,                        -- in whose post; null: his own
    why        text        not null,        -- what he has to do with the matter
    purpose    text,                        -- a word of the list, where he said one
    action     text        not null,        -- as the authority table calls it
    operation  text        not null,        -- the route, or the command of the program
    agency     text        not null,        -- whose matter it is
    kind       text        not null,        -- case, complaint, objection, visit, document or person
    subject    uuid,                        -- null: a document
    document   bytea,                       -- SHA-256 under which a document is kept
    person     uuid,                        -- null: not known, as of a document
    fields     text[]      not null,        -- what was opened, by name
    request_id text        not null,
    constraint readings_of_something check ((subject is null) <> (document is null))
) with (
    -- Nothing dies here; as of the register.
    autovacuum_vacuum_insert_threshold = 20000,
    autovacuum_vacuum_insert_scale_factor = 0.05,
    autovacuum_freeze_min_age = 0
);

-- Each question names one of these, and is answered from the newest on.
create index readings_of_agency on readings (agency, at, reading);
create index readings_by_official on readings (official, at, reading);
create index readings_of_subject on readings (subject, at, reading) where subject is not null;
create index readings_of_person on readings (person, at, reading) where person is not null;
create index readings_of_document on readings (document, at, reading) where document is not null;

create function readings_refuse_change() returns trigger
    language plpgsql
as $$
begin
    raise exception 'readings are append-only: % is refused', tg_op
        using errcode = 'restrict_violation';
end
$$;

create trigger readings_are_append_only
    before update or delete or truncate on readings
    for each statement execute function readings_refuse_change();

-- "always": session_replication_role = replica does not switch it off.
alter table readings enable always trigger readings_are_append_only;

-- Likenesses find a person again: keyed hashes, scoped to an agency, of what is unlike
-- in everybody. They are personal data still, and go when the person is erased.
create table likenesses (
    person uuid  not null,
    agency text  not null,
    kind   text  not null check (kind in ('nik', 'phone', 'email')),
    hash   bytea not null,
    constraint likenesses_place primary key (hash, agency, kind, person)
);

create index likenesses_of_person on likenesses (person);

revoke all on readings, likenesses from public;
grant select, insert on readings to disposisi_desk;
grant select, insert, delete on likenesses to disposisi_desk;
