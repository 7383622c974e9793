-- What comparing.py says besides the views' own queries.

-- name: as_of_now
-- The first query takes the snapshot; it is read until the transaction ends.
begin isolation level repeatable read read only;
select 1;
