-- The book of the fillings, and whose turn it is to fill.

-- name: take_turn
-- Our lock 3 (1 is the register's order, 2 the migrations); until the connection ends.
select pg_try_advisory_lock(x'64697370'::integer, 3);

-- name: give_up_turn
select pg_advisory_unlock(x'64697370'::integer, 3);

-- name: watch
-- Whose turn ended with his process does not keep it until his statement is done.
set client_connection_check_interval = '1s';

-- name: states
select schema, upto, lines, folded, stream, stream_version, position
  from rebuilds
 where schema = any(%(schemas)s::text[]);

-- name: begin
insert into rebuilds (schema, name, version, upto, lines)
values (%(schema)s, %(name)s, %(version)s, %(upto)s, %(lines)s);

-- name: forget
delete from rebuilds
 where schema = %(schema)s;
