-- A request of somebody who has been here before is sealed under the key that he has:
-- whoever erases him at the same moment waits, or has come first and is told.

create function persons_must_live(persons uuid[]) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- Locked whatever is found: an erasure under way is waited for, and then seen.
    perform from public.persons where person = any($1) order by person for share;
    if exists (
        select from public.persons where person = any($1) and wrapped_key is null
    ) then
        raise exception 'a person was erased'
            using errcode = 'foreign_key_violation', constraint = 'persons_living';
    end if;
end
$$;

revoke all on function persons_must_live from public;
grant execute on function persons_must_live to disposisi_desk;
