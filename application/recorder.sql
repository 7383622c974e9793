-- name: append
-- The library knows neither ids of events nor times nor metadata: all by default.
select register_append(
    %(streams)b::uuid[], %(versions)b::bigint[], %(tags)b::text[], %(states)b::bytea[],
    null, null, null, null
) as positions;
