-- Readers have a role of their own: web workers ask with it, and only their desk writes.
-- It looks at what queries need, keeps documents, and enters nothing in the register.

do $$
begin
    if not exists (select from pg_roles where rolname = 'disposisi_reader') then
        create role disposisi_reader nologin;
    end if;
exception
    when duplicate_object or unique_violation then null;
end
$$;

-- As in 0001.
do $$
begin
    if not (select rolsuper from pg_roles where rolname = current_user) then
        execute format('grant disposisi_reader to %I', current_user);
    end if;
exception
    when insufficient_privilege then
        if not pg_has_role(current_user, 'disposisi_reader', 'member') then
            raise;
        end if;
end
$$;

grant usage on schema public to disposisi_reader;

grant select on register, registrations, lapor_reports,        -- histories and numbers
                persons, sealed, documents, papers,            -- all of it sealed
                readings, likenesses, restricted_persons,
                kek_generations, kept_secrets,                 -- fingerprints; wrapped
                officials, tokens,                             -- tokens by their hash alone
                unit_changes, stand_ins, calendar_editions, account_events,
                views, rebuilds, parked, marks,
                log_state, log_tiles, log_entries, log_heads, log_checkpoints, log_keys
   to disposisi_reader;

grant insert on documents, kept_secrets to disposisi_reader;
grant execute on function make_room_for_document to disposisi_reader;

-- The views' tables that are there already; later ones are granted when they are made.
do $$
declare
    copy text;
begin
    for copy in
        select nspname
          from pg_namespace
         where nspname ~ '^[a-z_]+_v[0-9]+(_next|_old)?$'
    loop
        execute format('grant usage on schema %I to disposisi_reader', copy);
        execute format('grant select on all tables in schema %I to disposisi_reader',
                       copy);
    end loop;
end
$$;

-- As PostgreSQL 15 and later have it: nobody puts a function where others look first.
revoke create on schema public from public;
