-- What is asked once something is wrong, so that it can be named.

-- name: number_of
select registration_number
  from public.registrations
 where case_id = %(stream)s
 order by registration_number
 limit 1;

-- name: position_of
select notification_id
  from public.register
 where originator_id = %(stream)s
   and originator_version = %(version)s;

-- name: is_any_left
select exists (
    select
      from public.register
     where notification_id between %(first)s and %(last)s
);

-- name: behind
select count(*)
  from public.register
 where notification_id > %(position)s;
