-- What the database says of itself, beside the log that it keeps.

-- name: state
-- In one statement, so that a page sealed meanwhile is in both or in neither.
select size,
       coalesce(
           (select 256 * n + octet_length(hashes) / 32
              from public.log_tiles
             where level = 0
             order by n desc
             limit 1),
           0
       )
  from public.log_state;
