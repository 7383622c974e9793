-- The tables of the views that the projector keeps. All of it can be made anew from the
-- register: a view whose code has a higher version is emptied and filled again.

create table views (
    name    text    not null primary key,
    version integer not null              -- of the code that filled it
);

-- Entries that a view could not take, with the later ones of the same history.
-- No personal data: where an entry stands, and the name of the error.
create table parked (
    view      text        not null,
    position  bigint      not null,
    stream    uuid        not null,
    version   bigint      not null,
    tag       text        not null,
    error     text        not null,
    parked_at timestamptz not null default clock_timestamp(),
    primary key (view, position)
);

create index parked_by_stream on parked (stream);

-- One row a case: what lists ask.
create table cases (
    case_id             uuid        not null primary key,
    version             bigint      not null,
    position            bigint      not null,    -- of the last entry folded
    received_position   bigint      not null,    -- lists go by this, newest first
    received_at         timestamptz not null,
    agency              text        not null,
    channel             text        not null,
    registration_number text        not null,
    letter_number       text,
    agenda_number       text,
    tracking_id         text,
    answer_number       text,                    -- of the letter that answered
    stage               text        not null,
    outcome             text,
    assignee            text,
    due_on              date,                    -- null: nothing is owed by a day
    due_at              timestamptz,
    folded              bytea       not null     -- the case as `evolve` left it
) with (
    fillfactor = 85,                             -- a case is updated some ten times
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_analyze_scale_factor = 0.02
);

create index cases_newest on cases (agency, received_position desc);
create index cases_by_stage on cases (agency, stage, received_position desc);
create index cases_by_assignee on cases (agency, assignee, received_position desc)
    where assignee is not null;
create index cases_owed on cases (agency, received_position desc)
    where due_at is not null;

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

revoke all on views, parked, cases from public;
grant select, insert, update, delete on views, parked to disposisi_desk;
grant select, insert, update, delete, truncate on cases to disposisi_desk;
