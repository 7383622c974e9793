-- What filling.py says of how far the copies are that are filled beside the others.

-- name: read_by_key
-- The lines of a history stand apart, and the planner would rather sort the register.
set enable_seqscan = off;
set enable_bitmapscan = off;
set enable_sort = off;
set client_connection_check_interval = '1s';

-- name: hasten
-- A page lost with the server is lost with its state, and folded again.
set synchronous_commit = off;
set maintenance_work_mem = '128MB';

-- name: move
-- From where it was, and from nowhere else.
update rebuilds
   set folded = %(folded)s,
       stream = %(stream)s,
       stream_version = %(stream_version)s,
       position = %(position)s
 where schema = any(%(schemas)s::text[])
   and folded = %(old_folded)s
   and position is not distinct from %(old_position)s;
