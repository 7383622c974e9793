-- name: cases
select case_id, folded
  from cases
 where case_id = any(%(cases)b::uuid[]);
