"""The desk's own connection: lost, found again, and never in doubt.

When a connection breaks while a commit is under way, nobody knows whether it
happened. The desk then ends the old backend, waits until it is gone, and looks
whether the events stand in the register, before it tries again.
"""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg
from psycopg import AsyncConnection

from application import named_sql, register
from application.book import Book
from application.page import Page
from application.people import People

_SQL = named_sql.load(__file__)
_END_BACKEND = _SQL["end_backend"]
_BACKEND_LIVES = _SQL["backend_lives"]
_TAKE_ROLE = _SQL["take_role"]

ATTEMPTS = 12
FIRST_PAUSE = 0.05
LONGEST_PAUSE = 1.0
"""Seconds between attempts to reach the database; about eight seconds in all."""


class DatabaseAwayError(Exception):
    """The database can't be reached, or not yet."""


class DeskConnection:
    """Opens the connection when it is needed and reopens it when it was lost."""

    def __init__(self, url: str, people: People, new_id: Callable[[], UUID]) -> None:
        self._url = url
        self._people = people
        self._new_id = new_id
        self._connection: AsyncConnection[Any] | None = None
        self._name = ""

    async def book(self) -> Book:
        """The book, on a living connection; raises DatabaseAwayError."""
        if self._connection is None or self._connection.closed:
            self._connection = await self._reopened()
        return Book(self._connection, self._people, self._new_id)

    async def lost(self) -> None:
        """Give up a connection that failed."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def what_became_of(self, page: Page) -> list[int] | None:
        """The positions of the page's entries if its commit came through, else None."""
        await self.lost()
        connection = self._connection = await self._reopened()
        lines = await register.find_events(
            connection, [entry.event_id for entry in page.entries]
        )
        by_event = {line.event_id: line.position for line in lines}
        if len(by_event) != len(page.entries):
            return None
        return [by_event[entry.event_id] for entry in page.entries]

    async def close(self) -> None:
        """Close for good."""
        await self.lost()

    async def _reopened(self) -> AsyncConnection[Any]:
        pause = FIRST_PAUSE
        for _ in range(ATTEMPTS):
            try:
                return await self._open()
            except (psycopg.OperationalError, psycopg.InterfaceError):
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        raise DatabaseAwayError

    async def _open(self) -> AsyncConnection[Any]:
        before, self._name = self._name, f"desk-{self._new_id()}"
        connection = await AsyncConnection.connect(
            self._url,
            autocommit=True,
            application_name=self._name,
            options="-c timezone=UTC",  # read faster than any other zone
        )
        if before:
            await connection.execute(_END_BACKEND, {"name": before})
            while await self._lives(connection, before):  # noqa: ASYNC110 - the server tells of it only when asked
                await asyncio.sleep(FIRST_PAUSE)
        await connection.execute(_TAKE_ROLE)
        return connection

    async def _lives(self, connection: AsyncConnection[Any], name: str) -> bool:
        cursor = await connection.execute(_BACKEND_LIVES, {"name": name})
        row = await cursor.fetchone()
        return row is not None and bool(row[0])
