-- Which case bears a number.

-- name: case_of
select case_id
  from registrations
 where registration_number = %(number)s;
