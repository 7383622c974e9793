"""A past of many cases put into an empty register, for benches."""

import asyncio
from pathlib import Path

import psycopg

from application import keys, migrating
from application.people import People
from interfaces import clock, office_calendar
from interfaces.demo.bulk.filling import fill
from interfaces.demo.cast import employ
from interfaces.demo.year import absence
from tests.load import kept
from tests.load.figures import say

SEED = 14
EVENTS_A_CASE = 8.5
"""Roughly."""
_MADE = "select max(cases) from bench_past"
_MAKE = "create table bench_past (cases bigint not null)"


def past(url: str, events: int, folder: Path) -> int:
    """Put about so many events into the register; answers its head."""
    enter(url, max(int(events / EVENTS_A_CASE), 1), folder)
    with psycopg.connect(url) as connection:
        row = connection.execute("select max(notification_id) from register").fetchone()
    assert row is not None
    head: int = row[0]
    return head


def enter(url: str, cases: int, folder: Path) -> None:
    """Employ the demo's officials and enter so many cases; keys are the folder's."""
    migrating.migrate(url)
    people = People(keys.load(folder / "keys" / "kek"))

    async def work() -> None:
        await office_calendar.enter_built_in(url)
        async with await psycopg.AsyncConnection.connect(url) as connection:
            await employ(connection)
            await connection.commit()
            until = clock.now()
            await absence.enter(connection, until)
            await fill(connection, people, cases=cases, until=until, seed=SEED)
            await connection.set_autocommit(True)
            await connection.execute("vacuum analyze")

    asyncio.run(work())


def cases_past(server: str, cases: int, folder: Path) -> str:
    """Give the database of so many cases, made where it is not whole."""
    name = f"cases_{cases}"
    url = kept.named(server, name)
    if not _is_whole(url, cases):
        say(f"{cases} cases are entered once, and kept; keys are in {folder}")
        kept.forget(server, name)
        url = kept.named(server, name)
        enter(url, cases, folder)
        with psycopg.connect(url) as connection:
            connection.execute(_MAKE)
            connection.execute("insert into bench_past values (%s)", (cases,))
    migrating.migrate(url)
    return url


def _is_whole(url: str, cases: int) -> bool:
    with psycopg.connect(url) as connection:
        try:
            row = connection.execute(_MADE).fetchone()
        except psycopg.errors.UndefinedTable:
            return False
    return row == (cases,)


def events_in(url: str) -> int:
    """Count the register's lines."""
    with psycopg.connect(url) as connection:
        row = connection.execute("select count(*) from register").fetchone()
    assert row is not None
    count: int = row[0]
    return count
