"""The register page by page, the next one read while the last one is being hashed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeAlias, TypeVar

from application.notary.leading import FIRST_POSITION
from application.register import Connection

L = TypeVar("L")

_TURNS: Final = 4
"""Of the event loop: reading takes two, and twice what a socket holds has come then."""

Read: TypeAlias = Callable[[Connection, int, int], Awaitable[Sequence[L]]]
"""Reads up to so many lines behind a position, in their order."""


class RegisterPages(Generic[L]):
    """Pages in the order of positions; close it before the connection is used again."""

    def __init__(
        self, connection: Connection, read: Read[L], position_of: Callable[[L], int]
    ) -> None:
        self._connection = connection
        self._read = read
        self._position_of = position_of
        self._coming: asyncio.Future[Sequence[L]] | None = None
        self.position = FIRST_POSITION
        """Of the last line that was given."""

    async def page(self, limit: int) -> Sequence[L]:
        """The next lines; those that were asked for before, if any were."""
        if self._coming is not None:
            lines = await self._coming
            self._coming = None
        else:
            lines = await self._read(self._connection, self.position, limit)
        if lines:
            self.position = self._position_of(lines[-1])
        return lines

    async def ask(self, limit: int) -> None:
        """Ask for the lines behind those, to be given next.

        Other questions on the connection wait for the answer: ask them before.
        """
        if limit > 0:
            answer = self._read(self._connection, self.position, limit)
            self._coming = asyncio.ensure_future(answer)
            await asyncio.sleep(0)  # so that it is sent

    async def come(self) -> None:
        """Let what was asked for come in, as far as the database has sent it.

        To be called now and then: the database waits when a socket is full, and would
        not work while we do.
        """
        for _ in range(_TURNS):
            await asyncio.sleep(0)

    async def close(self) -> None:
        """Let a query that was begun come to its end."""
        if self._coming is not None:
            await asyncio.gather(self._coming, return_exceptions=True)
