-- One row a case. Kept by cases.py from the register; safe to drop and fill again.

-- name: create
create table cases (
    case_id             uuid        not null primary key,
    version             bigint      not null,
    position            bigint      not null,    -- of the last entry folded
    received_position   bigint      not null,    -- lists go by this, newest first
    agency              text        not null,
    channel             text        not null,
    registration_number text        not null,
    received_at         timestamptz not null,
    addressee           text,                    -- of a letter: the head it names
    letter_number       text,
    letter_dated        date,
    agenda_number       text,
    tracking_id         text,
    answer_number       text,                    -- of the letter that answered
    reviewed            text,                    -- what the liaison found it to be
    stage               text        not null,
    outcome             text,
    holder              text,                    -- to whom it was transferred
    unit                text,                    -- the assignee's when he was assigned
    assignee            text,
    turn                text,                    -- a role or `requester`, or nobody's
    turn_since          timestamptz not null,
    due_on              date,                    -- null: nothing is owed by a day
    due_at              timestamptz,
    opened_at           timestamptz[] not null,  -- an answer was owed from each
    finished_at         timestamptz[] not null,  -- until the one at the same place
    is_open             boolean     not null     -- an answer is owed
        generated always as (cardinality(finished_at) < cardinality(opened_at)) stored,
    finished_as         text[]      not null,    -- then: an outcome, or which way else
    withheld_on         text[]      not null,    -- then: legal bases, with spaces
    disposed_at         timestamptz,             -- for the first time
    approved_at         timestamptz,             -- finally
    answered_at         timestamptz,             -- for the first time: that one counts
    closed_at           timestamptz,
    standard_due_on     date,                    -- null: the clock has not started
    standard_late_from  timestamptz,             -- null: it rests until further notice
    standard_met_at     timestamptz,
    standard_ended_at   timestamptz,             -- met, or stopped
    standard_counts     text,                    -- calendar, working or minutes
    standard_is_soft    boolean,                 -- a target, and no limit
    statute_due_on      date,
    statute_late_from   timestamptz,
    statute_met_at      timestamptz,
    statute_ended_at    timestamptz,
    statute_counts      text,
    statute_is_soft     boolean,
    legal_bases         text[]      not null,    -- on which items were withheld
    extended_by         bigint      not null,    -- working days
    extended_at         timestamptz,             -- a second time is refused
    pauses              bigint      not null,
    paused_at           timestamptz[] not null,
    complaints          bigint      not null,    -- about the service in this case
    card_deposited_at   timestamptz,
    card_returned_at    timestamptz,
    folded              bytea       not null     -- what the next entry is folded on
) with (
    fillfactor = 85,                             -- a case is updated some ten times
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_analyze_scale_factor = 0.02
);

-- name: index
create index cases_newest on cases (agency, received_position desc);
create index cases_by_day on cases (agency, received_at, received_position);
create index cases_by_stage on cases (agency, stage, received_position desc);
create index cases_by_assignee on cases (agency, assignee, received_position desc)
    where assignee is not null;
create index cases_owed on cases (agency, received_position desc)
    where due_at is not null;
create index cases_by_outcome on cases (agency, outcome, received_at, received_position)
    where outcome is not null;

-- What the board counts: those that are open, and how long the last answers took.
-- All that is counted stands in the index: open cases lie far apart in a big table.
create index cases_open on cases (agency, channel, unit, stage, turn)
    include (turn_since, due_on, due_at, standard_is_soft, standard_late_from,
             standard_ended_at, statute_is_soft, statute_late_from, statute_ended_at,
             is_open) where is_open;
create index cases_answered on cases (agency, answered_at)
    include (channel, unit, received_at) where answered_at is not null;

-- Numbers as people type them: whole or from the beginning, in any case.
create index cases_registration
    on cases (agency, lower(registration_number) text_pattern_ops);
create index cases_letter on cases (agency, lower(letter_number) text_pattern_ops)
    where letter_number is not null;
create index cases_agenda on cases (agency, lower(agenda_number) text_pattern_ops)
    where agenda_number is not null;
create index cases_tracking on cases (agency, lower(tracking_id) text_pattern_ops)
    where tracking_id is not null;
create index cases_answer on cases (agency, lower(answer_number) text_pattern_ops)
    where answer_number is not null;

-- name: rows
select *
  from cases
 order by case_id;

-- name: folded
select case_id, version, folded
  from cases
 where case_id = any(%(cases)b::uuid[]);

-- name: insert
insert into cases (
    case_id, version, position, received_position, agency, channel, registration_number,
    received_at, addressee, letter_number, letter_dated, agenda_number, tracking_id,
    reviewed, stage, outcome, holder, unit, assignee, turn, turn_since, due_on, due_at,
    answer_number, opened_at, finished_at, disposed_at, approved_at, answered_at,
    closed_at, standard_due_on, standard_late_from, standard_met_at, standard_ended_at,
    statute_due_on, statute_late_from, statute_met_at, statute_ended_at, legal_bases,
    extended_by, pauses, complaints, card_deposited_at, card_returned_at, folded,
    finished_as, withheld_on, standard_counts, standard_is_soft, statute_counts,
    statute_is_soft, extended_at, paused_at
)
select case_id, version, position, received_position, agency, channel,
       registration_number, received_at, addressee, letter_number, letter_dated,
       agenda_number, tracking_id,
       reviewed, stage, outcome, holder, unit, assignee, turn, turn_since, due_on,
       due_at, answer_number, opened_at::timestamptz[], finished_at::timestamptz[],
       disposed_at, approved_at, answered_at, closed_at, standard_due_on,
       standard_late_from, standard_met_at, standard_ended_at, statute_due_on,
       statute_late_from, statute_met_at, statute_ended_at, legal_bases::text[],
       extended_by, pauses, complaints, card_deposited_at, card_returned_at, folded,
       finished_as::text[], withheld_on::text[], standard_counts,
       standard_is_soft::boolean, statute_counts, statute_is_soft::boolean,
       extended_at, paused_at::timestamptz[]
  from unnest(
       %(case_id)b::uuid[], %(version)b::bigint[], %(position)b::bigint[],
       %(received_position)b::bigint[], %(agency)b::text[], %(channel)b::text[],
       %(registration_number)b::text[], %(received_at)b::timestamptz[],
       %(addressee)b::text[], %(letter_number)b::text[], %(letter_dated)b::date[],
       %(agenda_number)b::text[], %(tracking_id)b::text[],
       %(reviewed)b::text[], %(stage)b::text[], %(outcome)b::text[], %(holder)b::text[],
       %(unit)b::text[], %(assignee)b::text[], %(turn)b::text[],
       %(turn_since)b::timestamptz[], %(due_on)b::date[], %(due_at)b::timestamptz[],
       %(answer_number)b::text[], %(opened_at)b::text[], %(finished_at)b::text[],
       %(disposed_at)b::timestamptz[], %(approved_at)b::timestamptz[],
       %(answered_at)b::timestamptz[], %(closed_at)b::timestamptz[],
       %(standard_due_on)b::date[], %(standard_late_from)b::timestamptz[],
       %(standard_met_at)b::timestamptz[], %(standard_ended_at)b::timestamptz[],
       %(statute_due_on)b::date[], %(statute_late_from)b::timestamptz[],
       %(statute_met_at)b::timestamptz[], %(statute_ended_at)b::timestamptz[],
       %(legal_bases)b::text[], %(extended_by)b::bigint[], %(pauses)b::bigint[],
       %(complaints)b::bigint[], %(card_deposited_at)b::timestamptz[],
       %(card_returned_at)b::timestamptz[], %(folded)b::bytea[],
       %(finished_as)b::text[], %(withheld_on)b::text[], %(standard_counts)b::text[],
       %(standard_is_soft)b::text[], %(statute_counts)b::text[],
       %(statute_is_soft)b::text[], %(extended_at)b::timestamptz[],
       %(paused_at)b::text[]
  ) as new (
       case_id, version, position, received_position, agency, channel,
       registration_number, received_at, addressee, letter_number, letter_dated,
       agenda_number, tracking_id,
       reviewed, stage, outcome, holder, unit, assignee, turn, turn_since, due_on,
       due_at, answer_number, opened_at, finished_at, disposed_at, approved_at,
       answered_at, closed_at, standard_due_on, standard_late_from, standard_met_at,
       standard_ended_at, statute_due_on, statute_late_from, statute_met_at,
       statute_ended_at, legal_bases, extended_by, pauses, complaints,
       card_deposited_at, card_returned_at, folded, finished_as, withheld_on,
       standard_counts, standard_is_soft, statute_counts, statute_is_soft, extended_at,
       paused_at
  );

-- name: update
update cases
   set version = moved.version,
       position = moved.position,
       reviewed = moved.reviewed,
       stage = moved.stage,
       outcome = moved.outcome,
       holder = moved.holder,
       unit = moved.unit,
       assignee = moved.assignee,
       turn = moved.turn,
       turn_since = moved.turn_since,
       due_on = moved.due_on,
       due_at = moved.due_at,
       answer_number = moved.answer_number,
       opened_at = moved.opened_at::timestamptz[],
       finished_at = moved.finished_at::timestamptz[],
       disposed_at = moved.disposed_at,
       approved_at = moved.approved_at,
       answered_at = moved.answered_at,
       closed_at = moved.closed_at,
       standard_due_on = moved.standard_due_on,
       standard_late_from = moved.standard_late_from,
       standard_met_at = moved.standard_met_at,
       standard_ended_at = moved.standard_ended_at,
       statute_due_on = moved.statute_due_on,
       statute_late_from = moved.statute_late_from,
       statute_met_at = moved.statute_met_at,
       statute_ended_at = moved.statute_ended_at,
       legal_bases = moved.legal_bases::text[],
       extended_by = moved.extended_by,
       pauses = moved.pauses,
       complaints = moved.complaints,
       card_deposited_at = moved.card_deposited_at,
       card_returned_at = moved.card_returned_at,
       folded = moved.folded,
       finished_as = moved.finished_as::text[],
       withheld_on = moved.withheld_on::text[],
       standard_counts = moved.standard_counts,
       standard_is_soft = moved.standard_is_soft::boolean,
       statute_counts = moved.statute_counts,
       statute_is_soft = moved.statute_is_soft::boolean,
       extended_at = moved.extended_at,
       paused_at = moved.paused_at::timestamptz[]
  from unnest(
       %(case_id)b::uuid[], %(version)b::bigint[], %(position)b::bigint[],
       %(reviewed)b::text[], %(stage)b::text[], %(outcome)b::text[], %(holder)b::text[],
       %(unit)b::text[], %(assignee)b::text[], %(turn)b::text[],
       %(turn_since)b::timestamptz[], %(due_on)b::date[], %(due_at)b::timestamptz[],
       %(answer_number)b::text[], %(opened_at)b::text[], %(finished_at)b::text[],
       %(disposed_at)b::timestamptz[], %(approved_at)b::timestamptz[],
       %(answered_at)b::timestamptz[], %(closed_at)b::timestamptz[],
       %(standard_due_on)b::date[], %(standard_late_from)b::timestamptz[],
       %(standard_met_at)b::timestamptz[], %(standard_ended_at)b::timestamptz[],
       %(statute_due_on)b::date[], %(statute_late_from)b::timestamptz[],
       %(statute_met_at)b::timestamptz[], %(statute_ended_at)b::timestamptz[],
       %(legal_bases)b::text[], %(extended_by)b::bigint[], %(pauses)b::bigint[],
       %(complaints)b::bigint[], %(card_deposited_at)b::timestamptz[],
       %(card_returned_at)b::timestamptz[], %(folded)b::bytea[],
       %(finished_as)b::text[], %(withheld_on)b::text[], %(standard_counts)b::text[],
       %(standard_is_soft)b::text[], %(statute_counts)b::text[],
       %(statute_is_soft)b::text[], %(extended_at)b::timestamptz[],
       %(paused_at)b::text[]
  ) as moved (
       case_id, version, position,
       reviewed, stage, outcome, holder, unit, assignee, turn, turn_since, due_on,
       due_at, answer_number, opened_at, finished_at, disposed_at, approved_at,
       answered_at, closed_at, standard_due_on, standard_late_from, standard_met_at,
       standard_ended_at, statute_due_on, statute_late_from, statute_met_at,
       statute_ended_at, legal_bases, extended_by, pauses, complaints,
       card_deposited_at, card_returned_at, folded, finished_as, withheld_on,
       standard_counts, standard_is_soft, statute_counts, statute_is_soft, extended_at,
       paused_at
  )
 where cases.case_id = moved.case_id;

-- name: correct
-- What the receipt said and a correction supersedes; lists are searched by it.
update cases
   set received_at = corrected.received_at,
       letter_number = corrected.letter_number,
       letter_dated = corrected.letter_dated,
       agenda_number = corrected.agenda_number
  from unnest(%(case_id)b::uuid[], %(received_at)b::timestamptz[],
              %(letter_number)b::text[], %(letter_dated)b::date[],
              %(agenda_number)b::text[])
       as corrected (case_id, received_at, letter_number, letter_dated, agenda_number)
 where cases.case_id = corrected.case_id;
