-- One row a visitor. Kept by guest_book.py from the register; safe to drop and fill
-- again. His name and purpose are sealed and stand nowhere here.

-- name: create
create table guests (
    guest_id             uuid        not null primary key,   -- the visit, or the case
    version              bigint      not null,
    position             bigint      not null,   -- of the last entry folded
    entered_position     bigint      not null,   -- lists go by this, newest first
    agency               text        not null,
    came_at              timestamptz not null,
    outcome              text,                   -- null: it made a case
    registration_number  text,                   -- of the case
    card_kind            text,                   -- null: no card was left
    card_deposited_at    timestamptz,
    card_returned_at     timestamptz,
    card_returned_to     text,                   -- visitor, proxy or other
    folded               bytea       not null    -- what the next entry is folded on
);

-- name: index
create index guests_newest on guests (agency, entered_position desc);
create index guests_by_day on guests (agency, came_at);
create index guests_held on guests (agency, entered_position desc)
    where card_deposited_at is not null and card_returned_at is null;

-- name: rows
select *
  from guests
 order by guest_id;

-- name: standing
select guest_id, version, position, entered_position, folded
  from guests
 where guest_id = any(%(streams)b::uuid[]);

-- name: write
insert into guests (
    guest_id, version, position, entered_position, agency, came_at, outcome,
    registration_number, card_kind, card_deposited_at, card_returned_at,
    card_returned_to, folded
)
select *
  from unnest(
       %(guest_id)b::uuid[], %(version)b::bigint[], %(position)b::bigint[],
       %(entered_position)b::bigint[], %(agency)b::text[], %(came_at)b::timestamptz[],
       %(outcome)b::text[], %(registration_number)b::text[], %(card_kind)b::text[],
       %(card_deposited_at)b::timestamptz[], %(card_returned_at)b::timestamptz[],
       %(card_returned_to)b::text[], %(folded)b::bytea[]
  )
    on conflict (guest_id) do update
   set version = excluded.version,
       position = excluded.position,
       came_at = excluded.came_at,
       card_kind = excluded.card_kind,
       card_deposited_at = excluded.card_deposited_at,
       card_returned_at = excluded.card_returned_at,
       card_returned_to = excluded.card_returned_to,
       folded = excluded.folded;
