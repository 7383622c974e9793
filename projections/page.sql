-- The entries that a view could not take.

-- name: parked_streams
select distinct stream
  from parked
 where view = %(view)s
   and stream = any(%(streams)b::uuid[]);

-- name: park
insert into parked (view, position, stream, version, tag, error)
values (%(view)s, %(position)s, %(stream)s, %(version)s, %(tag)s, %(error)s);
