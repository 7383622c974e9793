-- The marks of those who follow the register.

-- name: place
insert into public.marks (name, position)
values (%(name)s, 0)
    on conflict (name) do nothing;

-- name: position
select position
  from public.marks
 where name = %(name)s;

-- name: move
-- No row is moved when another follower of that name has moved it meanwhile.
update public.marks
   set position = %(new)s
 where name = %(name)s
   and position = %(old)s;

-- name: rewind
insert into public.marks (name, position)
values (%(name)s, %(position)s)
    on conflict (name) do update set position = excluded.position;
