-- What moves.py asks on its one connection.

-- name: take_role
set role disposisi_desk;

-- name: listen
listen view_moved;
