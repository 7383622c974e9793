-- What moves.py asks on its one connection.

-- name: take_role
set role disposisi_reader;

-- name: listen
listen view_moved;
