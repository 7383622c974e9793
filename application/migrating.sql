-- The book of migrations that a database has been through.

-- name: lock
-- Our lock 2 (lock 1 is the register's order). Held until the connection ends.
select pg_advisory_lock(x'64697370'::integer, 2);

-- name: create_book
create table if not exists migrations (
    number     integer     primary key,
    name       text        not null,
    sha256     text        not null,
    applied_at timestamptz not null default clock_timestamp()
);

-- name: applied
select number, name, sha256
  from migrations
 order by number;

-- name: record
insert into migrations (number, name, sha256)
values (%(number)s, %(name)s, %(sha256)s);
