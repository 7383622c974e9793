-- What key_ear.py hears.

-- name: listen
listen kek_generations;
