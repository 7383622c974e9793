-- One row a case. Kept by cases.py from the register; safe to empty and fill again.

-- name: empty
truncate cases;

-- name: folded
select case_id, version, folded
  from cases
 where case_id = any(%(cases)b::uuid[]);

-- name: insert
insert into cases (case_id, version, position, received_position, received_at, agency,
                   channel, registration_number, letter_number, agenda_number,
                   tracking_id, answer_number, stage, outcome, assignee, due_on, due_at,
                   folded)
select *
  from unnest(%(case_id)b::uuid[], %(version)b::bigint[], %(position)b::bigint[],
              %(received_position)b::bigint[], %(received_at)b::timestamptz[],
              %(agency)b::text[], %(channel)b::text[],
              %(registration_number)b::text[], %(letter_number)b::text[],
              %(agenda_number)b::text[], %(tracking_id)b::text[],
              %(answer_number)b::text[], %(stage)b::text[], %(outcome)b::text[],
              %(assignee)b::text[], %(due_on)b::date[], %(due_at)b::timestamptz[],
              %(folded)b::bytea[]);

-- name: update
update cases
   set version = moved.version,
       position = moved.position,
       stage = moved.stage,
       outcome = moved.outcome,
       assignee = moved.assignee,
       due_on = moved.due_on,
       due_at = moved.due_at,
       answer_number = coalesce(moved.answer_number, cases.answer_number),
       folded = moved.folded
  from unnest(%(case_id)b::uuid[], %(version)b::bigint[], %(position)b::bigint[],
              %(stage)b::text[], %(outcome)b::text[], %(assignee)b::text[],
              %(due_on)b::date[], %(due_at)b::timestamptz[],
              %(answer_number)b::text[], %(folded)b::bytea[])
       as moved (case_id, version, position, stage, outcome, assignee, due_on, due_at,
                 answer_number, folded)
 where cases.case_id = moved.case_id;

-- name: correct
-- What the receipt said and a correction supersedes; lists are searched by it.
update cases
   set received_at = corrected.received_at,
       letter_number = corrected.letter_number,
       agenda_number = corrected.agenda_number
  from unnest(%(case_id)b::uuid[], %(received_at)b::timestamptz[],
              %(letter_number)b::text[], %(agenda_number)b::text[])
       as corrected (case_id, received_at, letter_number, agenda_number)
 where cases.case_id = corrected.case_id;
