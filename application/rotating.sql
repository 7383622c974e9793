-- What rotating.py does, as the database's owner.

-- name: hold
-- Our lock 7: one rotation at a time. Held until the connection ends.
select pg_try_advisory_lock(x'64697370'::integer, 7);

-- name: wait_for_writers
-- Our lock 6: whoever writes at this moment, by the older generation, is waited for.
select pg_advisory_xact_lock(x'64697370'::integer, 6);

-- name: begin
insert into kek_generations (generation, fingerprint)
values (%(generation)s, %(fingerprint)s);

-- name: tell
select pg_notify('kek_generations', '');

-- name: count
select (select count(*) from persons
         where kek_of(wrapped_key) < %(generation)s)
     + (select count(*) from documents
         where kek_of(wrapped_key) < %(generation)s)
     + (select count(*) from kept_secrets
         where kek_of(wrapped_key) < %(generation)s);

-- name: persons
select person, wrapped_key
  from persons
 where person > %(after)s
   and kek_of(wrapped_key) < %(generation)s
 order by person
 limit %(limit)s;

-- name: rewrap_persons
-- Who was erased meanwhile has another key than the one that was read: none.
update persons
   set wrapped_key = new.wrapped_key
  from unnest(%(person)b::uuid[], %(old)b::bytea[], %(new)b::bytea[])
       as new (person, old, wrapped_key)
 where persons.person = new.person
   and persons.wrapped_key = new.old;

-- name: documents
select sha256, agency, wrapped_key
  from documents
 where (sha256, agency) > (%(sha256)s, %(agency)s)
   and kek_of(wrapped_key) < %(generation)s
 order by sha256, agency
 limit %(limit)s;

-- name: rewrap_documents
update documents
   set wrapped_key = new.wrapped_key
  from unnest(%(sha256)b::bytea[], %(agency)b::text[], %(old)b::bytea[],
              %(new)b::bytea[]) as new (sha256, agency, old, wrapped_key)
 where documents.sha256 = new.sha256
   and documents.agency = new.agency
   and documents.wrapped_key = new.old;

-- name: secrets
select name, wrapped_key
  from kept_secrets
 where kek_of(wrapped_key) < %(generation)s;

-- name: rewrap_secret
update kept_secrets
   set wrapped_key = %(new)s
 where name = %(name)s
   and wrapped_key = %(old)s;

-- name: retire
delete from kek_generations
 where generation < %(generation)s;

-- name: tidy_persons
vacuum persons;

-- name: tidy_documents
vacuum documents;
