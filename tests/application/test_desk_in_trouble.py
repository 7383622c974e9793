"""A desk with bugs, without its database, broken off, and at the turn of the year."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg import AsyncConnection
from typing_extensions import override

from application.book import Book
from application.desk import Desk
from application.desk_connection import PATIENCE, DeskConnection
from application.desk_errors import InDoubtError, OverloadedError
from application.recorded import Recorded
from application.upcasting import UnknownTagError
from interfaces.clock import now
from tests.application.business import (
    DECIDER,
    PEOPLE,
    desk_on,
    disposition,
    ends,
    letter,
    line,
    new_id,
)
from tests.awaiting import comes_true

NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"
LATER_RELEASE = """
    select register_append(array[%s]::uuid[], array[2]::bigint[],
           array['of-a-later-release'], array['{}'::bytea], null, null, null, null)
"""


class Interrupted(DeskConnection):
    """Lets something happen between a batch's reading and its commit, once."""

    meanwhile: Callable[[], None] | None = None

    @override
    async def book(self) -> Book:
        await super().book()
        assert self._connection is not None
        return _Book(self, self._connection)


class _Book(Book):
    def __init__(self, desks: Interrupted, connection: AsyncConnection[Any]) -> None:
        super().__init__(connection, PEOPLE, new_id)
        self._desks = desks

    @override
    async def close(self, page):
        meanwhile, self._desks.meanwhile = self._desks.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        return await super().close(page)


class Late(DeskConnection):
    """Comes to the database only when it is let."""

    def __init__(self, url: str) -> None:
        super().__init__(url, PEOPLE, new_id)
        self.come = asyncio.Event()
        self.let = asyncio.Event()

    @override
    async def book(self) -> Book:
        self.come.set()
        await self.let.wait()
        return await super().book()


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()


async def test_what_was_recorded_before_another_had_a_bug_is_told_and_stands_once(
    database_url: str,
):
    connection = Interrupted(database_url, PEOPLE, new_id)
    async with desk_on(connection) as desk:
        sound = await desk.handle(letter())
        spoilt = await desk.handle(letter())

        def another_release_writes() -> None:
            with psycopg.connect(database_url) as other:
                other.execute(LATER_RELEASE, [spoilt.subject])

        connection.meanwhile = another_release_writes
        disposed, received, bug = await ends(
            desk,
            disposition(sound.subject),
            letter(),
            disposition(spoilt.subject),
        )

    assert isinstance(disposed, Recorded)
    assert disposed.version == 2
    assert isinstance(received, Recorded)
    assert isinstance(bug, UnknownTagError)
    assert rows(
        database_url,
        "select topic, count(*) from register where topic <> 'of-a-later-release'"
        " group by 1 order by 1",
    ) == [("disposed", 1), ("received", 3)]


async def test_nobody_waits_long_for_a_database_that_is_away():
    async with desk_on(line(NOWHERE)) as desk:
        since = time.monotonic()
        every = await ends(desk, *(letter() for _ in range(600)))
        lasted = time.monotonic() - since

    assert {type(end) for end in every} == {OverloadedError}
    assert lasted < PATIENCE + 1


async def test_a_desk_that_was_broken_off_takes_nothing_and_lets_nobody_wait(
    database_url: str,
):
    connection = Late(database_url)
    desk = Desk(connection, DECIDER, now)
    work = asyncio.create_task(desk.run())
    at_hand = asyncio.create_task(desk.handle(letter()))
    await connection.come.wait()
    in_the_queue = asyncio.create_task(desk.handle(letter()))
    await comes_true(lambda: len(desk._waiting) == 1)
    worked = desk.works

    work.cancel()
    await asyncio.wait({work, at_hand, in_the_queue})

    assert (worked, desk.works) == (True, False)
    assert isinstance(at_hand.exception(), InDoubtError)
    assert isinstance(in_the_queue.exception(), OverloadedError)
    with pytest.raises(OverloadedError):
        await desk.handle(letter())


async def test_recording_never_runs_backwards_in_a_case_with_two_desks(
    database_url: str,
):
    late = Late(database_url)
    async with desk_on(line(database_url)) as quick, desk_on(late) as slow:
        received = await quick.handle(letter())
        second = asyncio.create_task(slow.handle(disposition(received.subject, 2)))
        await late.come.wait()
        await quick.handle(disposition(received.subject))
        late.let.set()
        assert (await second).version == 3

    told = rows(
        database_url, "select recorded_at from register order by notification_id"
    )
    assert told == sorted(told)
    assert len(told) == 3


async def test_a_number_is_of_the_year_in_which_it_is_recorded(database_url: str):
    midnight_in_kupang = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    ticks = iter([midnight_in_kupang - timedelta(seconds=1)])

    def clock() -> datetime:
        return next(ticks, midnight_in_kupang)

    async with desk_on(line(database_url), clock) as desk:
        received = await desk.handle(letter())

    assert b'"BPPD-2027-00001"' in received.body
    assert b'"2027-01-01T00:00:00+08:00"' in received.body
    assert rows(database_url, "select year, last from counters where last > 0") == [
        (2027, 1)
    ]
