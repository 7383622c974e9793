-- Erasing: a person's key is destroyed, and with it every copy of what it sealed. The
-- lines of the register stay, which hold ids and digests of ciphertexts.

create index persons_erased_ones on persons (person) where wrapped_key is null;
-- For erasing, and for what a person is told of himself.
create index sealed_of_person on sealed (person);

alter table documents
    alter column wrapped_key drop not null,
    alter column name drop not null,
    alter column content drop not null,
    add column erased_at timestamptz,
    add constraint documents_erased check (
        (wrapped_key is null) = (erased_at is not null)
        and (name is null) = (erased_at is not null)
        and (content is null) = (erased_at is not null)
    );

create index documents_erased_ones on documents (sha256) where wrapped_key is null;

-- A key goes and never comes back, whoever asks.
create function persons_refuse_change() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if old.wrapped_key is null
        or new.wrapped_key is not null
        or (new.person, new.agency, new.created_at)
            is distinct from (old.person, old.agency, old.created_at)
    then
        raise exception 'of a person only the key changes, and only to nothing'
            using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;

create trigger persons_keep_to_their_keys
    before update on persons
    for each row execute function persons_refuse_change();

create function documents_refuse_change() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if old.wrapped_key is null
        or new.wrapped_key is not null
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

create trigger documents_keep_to_their_keys
    before update on documents
    for each row execute function documents_refuse_change();

alter table persons enable always trigger persons_keep_to_their_keys;
alter table documents enable always trigger documents_keep_to_their_keys;

-- The one way in which the program erases. What is erased already stays as it is; what
-- was written of an erased person by somebody who came too late goes as well.
create function erase(
    persons uuid[], sha256s bytea[], agencies text[], erased_at timestamptz
) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    update public.persons
       set wrapped_key = null, erased_at = $4
     where person = any($1)
       and wrapped_key is not null;

    delete from public.sealed where person = any($1);
    delete from public.likenesses where person = any($1);

    update public.documents
       set wrapped_key = null, name = null, content = null, erased_at = $4
      from unnest($2, $3) as gone (sha256, agency)
     where documents.sha256 = gone.sha256
       and documents.agency = gone.agency
       and documents.wrapped_key is not null;
end
$$;

-- The same bytes may be brought again, for a matter of their own: an erased document's
-- empty line makes room.
create function make_room_for_document(sha256 bytea, agency text) returns void
    language sql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    delete from public.documents
     where documents.sha256 = $1
       and documents.agency = $2
       and wrapped_key is null;
$$;

revoke all on function erase, make_room_for_document from public;
grant execute on function erase, make_room_for_document to disposisi_desk;
