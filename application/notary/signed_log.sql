-- What was signed, kept in the database as well for whoever asks over HTTP.

-- name: keys
select verifier_key, introduction
  from public.log_keys
 order by n;

-- name: add_key
insert into public.log_keys (n, verifier_key, introduction)
values (%(n)s, %(verifier_key)s, %(introduction)s)
    on conflict (n) do nothing;

-- name: latest
select note, made_at
  from public.log_checkpoints
 order by size desc
 limit 1;

-- name: sizes
select size
  from public.log_checkpoints
 order by size;

-- name: of_size
select note
  from public.log_checkpoints
 where size = %(size)s;

-- name: add_checkpoint
insert into public.log_checkpoints (size, note)
values (%(size)s, %(note)s)
    on conflict (size) do nothing;
