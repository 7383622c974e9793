-- What touches a person's data, whenever it is asked: the histories in which something
-- is sealed under his key, what he wished of his data, and what others complain of in
-- his cases, which keeps his data and is theirs.

create function matters_of(persons uuid[]) returns table (person uuid, matter uuid)
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    with his as (
        select sealed.person, sealed.record as matter
          from public.sealed
         where sealed.person = any($1)
         union
        select asking.person, originator_id
          from unnest($1) as asking (person)
          join public.register
            on topic in ('data-request-received', 'breach-recorded')  -- as the index has it
           and topic = 'data-request-received'
           and position(convert_to(asking.person::text, 'UTF8') in state) > 0
    )
    select his.person, his.matter
      from his
     union
    select his.person, told.complaint
      from his
      join public.register
        on originator_id = his.matter
       and topic in ('complained', 'lapor-reviewed')
      cross join lateral (
          select (convert_from(state, 'UTF8')::json ->> 'complaint')::uuid as complaint
      ) as told
     where told.complaint is not null;    -- null: the report is no complaint
$$;

-- Whoever decides about all of a person's data has looked at his matters before; one
-- that came in between was not weighed. Who adds to them at this moment waits or is
-- waited for: both lock the person.
create function matters_must_be_all(person uuid, matters uuid[]) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform from public.persons where persons.person = $1 for update;
    if exists (
        select
          from public.matters_of(array[$1]) as found
         where found.matter <> all($2)
    ) then
        raise exception 'a matter of the person came in between'
            using errcode = 'restrict_violation', constraint = 'all_matters';
    end if;
end
$$;

-- The papers that go with a person are those which his own matters name and no other.
create function papers_must_be_all(matters uuid[], sha256s bytea[]) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    alone bytea[];
begin
    select coalesce(array_agg(distinct his.sha256), '{}')
      into alone
      from public.papers as his
     where his.subject = any($1)
       and not exists (
               select
                 from public.papers as other
                where other.sha256 = his.sha256
                  and other.subject <> all($1)
           );
    if not (alone @> $2 and alone <@ $2) then
        raise exception 'a paper of the person was filed in between'
            using errcode = 'restrict_violation', constraint = 'all_matters';
    end if;
end
$$;

revoke all on function matters_must_be_all, papers_must_be_all from public;
grant execute on function matters_must_be_all, papers_must_be_all to disposisi_desk;

-- A power of attorney for a wish is a paper as well.
insert into papers (sha256, subject)
select decode(convert_from(state, 'UTF8')::json ->> 'power_of_attorney', 'hex'),
       originator_id
  from register
 where topic in ('data-request-received', 'breach-recorded')
   and topic = 'data-request-received'
   and convert_from(state, 'UTF8')::json ->> 'power_of_attorney' is not null
    on conflict do nothing;

-- Two wishes to restrict may stand at once: the data are closed until both are lifted.
alter table restricted_persons
    drop constraint restricted_persons_pkey,
    add constraint restricted_persons_pkey primary key (person, request);
