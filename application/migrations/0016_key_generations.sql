-- Generations of the key-encryption key: it is changed while the program serves, and
-- then the older one is destroyed. The keys themselves stand in files, never here.

create table kek_generations (
    generation  integer     not null primary key check (generation between 1 and 65535),
    fingerprint bytea       not null unique,
    began_at    timestamptz not null default clock_timestamp()
);

insert into kek_generations (generation, fingerprint, began_at)
select 1, fingerprint, first_used
  from key_encryption_key;

drop table key_encryption_key;

-- Of a wrapped key: its first two bytes say it, but of those that the first releases
-- wrapped, which are shorter.
create function kek_of(wrapped_key bytea) returns integer
    language sql
    immutable
    parallel safe
as $$
    select case
               when octet_length(wrapped_key) = 60 then 1
               else get_byte(wrapped_key, 0) * 256 + get_byte(wrapped_key, 1)
           end
$$;

-- What else is kept of secrets, wrapped like a person's key: bound to the word `secret`
-- with the name behind it.
create table kept_secrets (
    name        text        not null primary key,
    wrapped_key bytea       not null,
    kept_at     timestamptz not null default clock_timestamp()
);

-- Nothing is wrapped by an older generation any more, once a newer one has begun: who
-- has not heard of it is refused, and takes the newer one. Whoever writes at the very
-- moment holds our lock 6; the newer one waits for it.
create function kek_must_be_current() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_advisory_xact_lock_shared(x'64697370'::integer, 6);
    if exists (
        select
          from written
         where public.kek_of(wrapped_key) <> (
                   select max(generation) from public.kek_generations
               )
    ) then
        raise exception 'wrapped by another generation than the current one'
            using errcode = 'check_violation', constraint = 'kek_generation';
    end if;
    return null;
end
$$;

create trigger persons_are_wrapped_by_the_current_key
    after insert on persons
    referencing new table as written
    for each statement execute function kek_must_be_current();

create trigger documents_are_wrapped_by_the_current_key
    after insert on documents
    referencing new table as written
    for each statement execute function kek_must_be_current();

create trigger secrets_are_wrapped_by_the_current_key
    after insert on kept_secrets
    referencing new table as written
    for each statement execute function kek_must_be_current();

-- A key goes and never comes back; besides, a newer generation may wrap it.
create or replace function persons_refuse_change() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if old.wrapped_key is null
        or public.kek_of(new.wrapped_key) <= public.kek_of(old.wrapped_key)
        or (new.person, new.agency, new.created_at)
            is distinct from (old.person, old.agency, old.created_at)
    then
        raise exception 'of a person only the key changes, and never back'
            using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;

create or replace function documents_refuse_change() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if old.wrapped_key is null
        or public.kek_of(new.wrapped_key) <= public.kek_of(old.wrapped_key)
        or (new.wrapped_key is not null
            and (new.name, new.content) is distinct from (old.name, old.content))
        or (new.sha256, new.agency, new.size, new.type, new.uploader, new.uploaded_at)
            is distinct from
            (old.sha256, old.agency, old.size, old.type, old.uploader, old.uploaded_at)
    then
        raise exception 'a document never changes; it may be erased'
            using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;

revoke all on kek_generations, kept_secrets from public;
grant select on kek_generations to disposisi_desk;
grant select, insert on kept_secrets to disposisi_desk;
