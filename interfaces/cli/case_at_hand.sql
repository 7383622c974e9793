-- Which case an operator means by its number.

-- name: case_numbered
select case_id
  from registrations
 where registration_number = %(number)s;
