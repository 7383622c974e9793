-- What reading_desk.py does besides writing.

-- name: take_role
set role disposisi_desk;
