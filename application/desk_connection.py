"""The desk's own connection: lost, found again, and never in doubt.

When a connection breaks while a commit is under way, nobody knows whether it
happened. The desk then ends the old backend, waits until it is gone, and looks
whether the events stand in the register, before it tries again.
"""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

import psycopg
from psycopg import AsyncConnection

from application import erased_again, named_sql, register
from application.book import Book
from application.erased_ledger import Erased
from application.page import Page
from application.people import People

_SQL = named_sql.load(__file__)
_END_BACKENDS = _SQL["end_backends"]
_TAKE_ROLE = _SQL["take_role"]

LOST = (psycopg.OperationalError, psycopg.InterfaceError)
"""What a connection that broke, or a server that gave up, raises."""

PATIENCE = 2.0
"""Seconds to reach the database, and to be rid of lost backends, before it is away."""
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 0.5
"""Seconds between attempts."""


class DatabaseAwayError(Exception):
    """The database can't be reached, or not yet."""


PREPARED_BY_ITSELF = 2**31
"""Uses after which the driver prepares a statement unasked: never. It would remember
the name even where the statement stood behind a refused one in a pipeline and was never
prepared, and fail with it from then on; of what is asked to be prepared it does not."""


class DeskConnection:
    """Opens the connection when it is needed and reopens it when it was lost."""

    def __init__(self, url: str, people: People, new_id: Callable[[], UUID]) -> None:
        self._url = url
        self._people = people
        self._new_id = new_id
        self._connection: AsyncConnection[Any] | None = None
        self._name = ""
        self._doubtful: list[str] = []
        """Names of lost connections whose backends may still be at work."""

    async def book(self) -> Book:
        """The book, on a living connection; raises DatabaseAwayError."""
        if self._connection is None or self._connection.closed:
            self._connection = await self._reopened()
        return Book(self._connection, self._people, self._new_id)

    async def lost(self) -> None:
        """Give up a connection that failed."""
        connection, self._connection = self._connection, None
        if connection is not None:
            self._doubtful.append(self._name)
            await connection.close()

    async def what_became_of(self, page: Page) -> list[int] | None:
        """The positions of the page's entries if its commit came through, else None.

        Raises DatabaseAwayError when that can't be known.
        """
        connection = self._connection = await self._reopened()
        try:
            lines = await register.find_events(
                connection, [entry.event_id for entry in page.entries]
            )
        except LOST:
            raise DatabaseAwayError from None
        by_event = {line.event_id: line.position for line in lines}
        if len(by_event) != len(page.entries):
            return None
        return [by_event[entry.event_id] for entry in page.entries]

    async def erased(self) -> list[Erased]:
        """All who are erased; raises DatabaseAwayError, or what a loss raises."""
        if self._connection is None or self._connection.closed:
            self._connection = await self._reopened()
        return await erased_again.erased(self._connection)

    async def close(self) -> None:
        """Close for good."""
        await self.lost()

    async def _reopened(self) -> AsyncConnection[Any]:
        await self.lost()
        pause = FIRST_PAUSE
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    try:
                        return await self._open()
                    except LOST:
                        await asyncio.sleep(pause)
                        pause = min(pause * 2, LONGEST_PAUSE)
        except TimeoutError:
            raise DatabaseAwayError from None

    async def _open(self) -> AsyncConnection[Any]:
        name = f"desk-{self._new_id()}"
        async with AsyncExitStack() as failing:
            connection = await self._connect(name)
            failing.push_async_callback(connection.close)
            await self._end_doubtful(connection)
            await connection.execute(_TAKE_ROLE)
            failing.pop_all()
        self._name = name
        return connection

    async def _connect(self, name: str) -> AsyncConnection[Any]:
        return await AsyncConnection.connect(
            self._url,
            autocommit=True,
            application_name=name,
            prepare_threshold=PREPARED_BY_ITSELF,
            options="-c timezone=UTC",  # read faster than any other zone
            # A server that vanished without a word is missed after five seconds.
            keepalives_idle=2,
            keepalives_interval=1,
            keepalives_count=3,
        )

    async def _end_doubtful(self, connection: AsyncConnection[Any]) -> None:
        """Forget a lost backend's name only when no backend bears it any longer."""
        names = list(self._doubtful)
        while names and await self._still_live(connection, names):  # noqa: ASYNC110 - the server tells of it only when asked
            await asyncio.sleep(FIRST_PAUSE)
        self._doubtful.clear()

    async def _still_live(
        self, connection: AsyncConnection[Any], names: list[str]
    ) -> bool:
        cursor = await connection.execute(_END_BACKENDS, {"names": names})
        row = await cursor.fetchone()
        return row is not None and bool(row[0])
