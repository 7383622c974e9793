-- The last entries of streams, held to the log.

-- name: beyond
select stream, version, index, hash
  from public.log_heads
 where index >= %(size)s;

-- name: count_within
select count(*)
  from public.log_heads
 where index < %(size)s;
