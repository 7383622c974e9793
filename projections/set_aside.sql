-- The entries that a copy of a view could not take.

-- name: any_parked
select 1
  from parked
 where schema = %(schema)s
 limit 1;

-- name: parked_streams
select distinct stream
  from parked
 where schema = %(schema)s
   and stream = any(%(streams)b::uuid[]);

-- name: park
insert into parked (schema, position, stream, version, tag, error)
select *
  from unnest(
       %(schema)b::text[], %(position)b::bigint[], %(stream)b::uuid[],
       %(version)b::bigint[], %(tag)b::text[], %(error)b::text[]
  );
