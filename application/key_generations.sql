-- Which generations of the key-encryption key wrapped what stands in this database.

-- name: claim
-- A new database is begun with the key at hand.
insert into kek_generations (generation, fingerprint)
select %(generation)s, %(fingerprint)s
 where not exists (select from kek_generations)
    on conflict do nothing;

-- name: known
select generation, fingerprint
  from kek_generations
 order by generation;
