"""Nothing is recorded that was decided under an older edition of the calendar."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import msgspec
import psycopg
import pytest
from psycopg import sql

from application import announcing, register
from application.decider import Decider
from application.desk import Desk
from application.office import authority, editions, legal_book, standards_book
from application.office.editions import Editions
from application.office.offices import Offices
from application.recorded import Recorded
from domain import events
from domain.calendar import Holiday, HolidayKind
from tests.application.business import at_work, ends, letter, line
from tests.domain.offices import DIRECTORY, HOLIDAYS
from tests.domain.scenarios import MORNING

FREE = Holiday(date(2026, 2, 19), "Pemilihan", HolidayKind.NATIONAL, "Keppres 1/2026")
NEWER = msgspec.structs.replace(
    HOLIDAYS, edition="newer", holidays={**HOLIDAYS.holidays, FREE.date: FREE}
)


class Behind:
    """A worker's calendar that heard of nothing, until it is made to read."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.editions = Editions.alone(HOLIDAYS)
        self.read = 0

    async def refresh(self) -> None:
        self.read += 1
        async with await psycopg.AsyncConnection.connect(self._url) as connection:
            self.editions = await editions.load(connection, HOLIDAYS)

    @asynccontextmanager
    async def desk(self) -> AsyncIterator[Desk]:
        """A desk at work by this calendar."""
        offices = Offices(
            standards_book.load(),
            lambda: self.editions,
            legal_book.load(),
            lambda: DIRECTORY,
        )
        decider = Decider(offices, authority.load())
        connection = line(self._url)
        desk = Desk(connection, decider, lambda: MORNING, self.refresh)
        async with at_work(desk):
            yield desk
        await connection.close()


@pytest.fixture
async def owner(database_url):
    async with await psycopg.AsyncConnection.connect(
        database_url, autocommit=True
    ) as connection:
        await editions.enter_built_in(connection, HOLIDAYS)
        yield connection


async def edition_named(connection, ended):
    """Check that the letter was recorded; answer the edition its terms name."""
    assert isinstance(ended, Recorded), ended
    [entry] = await register.entries_of(connection, ended.subject)
    assert isinstance(entry.event, events.Received)
    [edition] = {due.calendar_edition for due in entry.event.due}
    return edition


async def test_a_worker_that_heard_of_nothing_still_counts_in_the_new_edition(
    owner, database_url
):
    behind = Behind(database_url)
    await announcing.enter(owner, NEWER, HOLIDAYS.edition)

    async with behind.desk() as desk:
        every = await ends(desk, *(letter() for _ in range(5)))

    assert {await edition_named(owner, each) for each in every} == {"newer"}
    assert behind.read == 1


async def test_while_nothing_is_announced_the_calendar_is_not_read_again(
    owner, database_url
):
    behind = Behind(database_url)
    async with behind.desk() as desk:
        [ended] = await ends(desk, letter())
    assert await edition_named(owner, ended) == HOLIDAYS.edition
    assert behind.read == 0


async def test_the_control_without_the_guard_records_what_no_longer_holds(
    owner, database_url
):
    cursor = await owner.execute(
        "select pg_get_functiondef('register_append'::regproc)"
    )
    [definition] = await cursor.fetchone()
    assert definition.count("if $9 <> (") == 1
    await owner.execute(
        sql.SQL(definition.replace("if $9 <> (", "if false and $9 <> ("))
    )
    behind = Behind(database_url)
    await announcing.enter(owner, NEWER, HOLIDAYS.edition)

    async with behind.desk() as desk:
        [ended] = await ends(desk, letter())

    assert await edition_named(owner, ended) == HOLIDAYS.edition
