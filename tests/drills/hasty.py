"""The control: a worker whose desk acknowledges first and commits a moment later."""

import asyncio
import socket
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

import uvloop
from typing_extensions import override

from application.book import Book
from application.desk_connection import DeskConnection
from application.errands import Errand
from application.page import NumberSeries, Page
from interfaces import log, wiring
from interfaces.http.app import application
from interfaces.http.server import answer
from interfaces.settings import Settings

DELAY = 0.1
"""Seconds from the acknowledgement to the commit."""


class HastyBook(Book):
    """Says that a page is recorded, then records it."""

    under_way: ClassVar[asyncio.Task[list[int]] | None] = None

    @override
    async def open(
        self,
        errands: Sequence[Errand],
        series: Sequence[NumberSeries],
        now: Callable[[], datetime],
    ) -> Page:
        """Let the page before be recorded, and read."""
        if HastyBook.under_way is not None:
            await HastyBook.under_way
        return await super().open(errands, series, now)

    @override
    async def close(self, page: Page) -> list[int]:
        """Guess the positions."""
        HastyBook.under_way = asyncio.create_task(self._close(page))
        return [0] * len(page.entries)

    async def _close(self, page: Page) -> list[int]:
        await asyncio.sleep(DELAY)
        return await super().close(page)


class HastyConnection(DeskConnection):
    """Hands out the hasty book."""

    @override
    async def book(self) -> Book:
        """The book, on the connection that a sound one has."""
        await super().book()
        assert self._connection is not None
        return HastyBook(self._connection, self._people, self._new_id)


async def serve(door: socket.socket, settings: Settings) -> None:
    """Serve until killed."""
    vars(wiring)["DeskConnection"] = HastyConnection
    async with wiring.counter(settings) as counter:
        await answer(door, application(counter))


if __name__ == "__main__":
    log.set_up("web")
    with socket.socket(fileno=int(sys.argv[1])) as inherited:
        uvloop.run(serve(inherited, Settings.read()))
