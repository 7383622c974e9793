-- That all statements of a report see the same.

-- name: at_one_position
-- What follows in the transaction sees what one commit left behind.
set transaction isolation level repeatable read, read only;

-- name: tables
-- The newest names, whatever a transaction sees of the rows.
select to_regclass('cases')::oid, to_regclass('complaints')::oid,
       to_regclass('objections')::oid;
