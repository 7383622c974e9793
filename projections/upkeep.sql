-- The lock under which copies of the views are made, and what is forgotten with one.

-- name: lock
-- Our lock 3 (1 is the register's order, 2 the migrations); until the transaction ends.
select pg_advisory_xact_lock(x'64697370'::integer, 3);

-- name: forget_parked
delete from parked
 where schema = %(schema)s;
