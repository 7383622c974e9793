-- Where a report stands.

-- name: left_out
-- What these copies lack; an entry that several lack is one.
select count(distinct position)
  from parked
 where schema = any(%(schemas)s::text[]);

-- name: analyze
-- Let the planner know what has been folded; the figures are of cases, most of all.
analyze cases;
