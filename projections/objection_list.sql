-- The list of objections; a null filter is none.

-- name: newest
select objection_id as objection, case_id as case, agency, ground, filed_by as by,
       stage, ruling as decision, due_on, filed_position as position
  from objections
 where agency = any(%(agencies)s::text[])
   and filed_position < %(before)s
   and (%(ground)s::text is null or ground = %(ground)s)
   and (%(stage)s::text is null or stage = %(stage)s)
   and (%(decision)s::text is null or ruling = %(decision)s)
   and (%(overdue)s::boolean is distinct from true or due_at <= %(now)s)
   and (%(overdue)s::boolean is distinct from false
        or due_at is null or due_at > %(now)s)
 order by filed_position desc
 limit %(limit)s;
