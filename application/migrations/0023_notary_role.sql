-- The notary has a role of its own: sealer and signer alone write the log, and nothing
-- else. Whoever gets hold of the desk's role records lines, but seals and signs none.

do $$
begin
    if not exists (select from pg_roles where rolname = 'disposisi_notary') then
        create role disposisi_notary nologin;
    end if;
exception
    when duplicate_object or unique_violation then null;
end
$$;

-- As in 0001.
do $$
begin
    if not (select rolsuper from pg_roles where rolname = current_user) then
        execute format('grant disposisi_notary to %I', current_user);
    end if;
exception
    when insufficient_privilege then
        if not pg_has_role(current_user, 'disposisi_notary', 'member') then
            raise;
        end if;
end
$$;

grant usage on schema public to disposisi_notary;
grant select on register to disposisi_notary;
grant select, insert, update on marks to disposisi_notary;
grant select, insert, update on log_tiles, log_entries, log_heads to disposisi_notary;
grant select, update on log_state to disposisi_notary;
grant select, insert on log_checkpoints, log_keys to disposisi_notary;

revoke insert, update
    on log_state, log_tiles, log_entries, log_heads, log_checkpoints, log_keys
  from disposisi_desk;

-- "always", as on the register: session_replication_role = replica switches none off.
alter table log_tiles enable always trigger log_tiles_only_grow;
alter table log_tiles enable always trigger log_tiles_stay;
alter table log_entries enable always trigger log_entries_only_grow;
alter table log_entries enable always trigger log_entries_stay;
alter table log_checkpoints enable always trigger log_checkpoints_stay;
alter table log_keys enable always trigger log_keys_stay;
