"""The tail loop that projector, sealer and courier share: follow the register in pages.

Each page is handled in one transaction together with the move of the follower's mark,
so that what it wrote and how far it came are never apart, whatever dies when.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, Protocol, TypeAlias

import msgspec
import psycopg
import structlog
from typing_extensions import TypeVar

from application import marks, register
from application.entries import Line
from application.register import Connection
from application.stopping import stopped_within

log = structlog.get_logger(__name__)

LISTEN = "listen register"
POLL = 1.0
"""Seconds until the register is looked at even if no notice came."""
FIRST_PAUSE, LAST_PAUSE = 0.1, 5.0
"""Seconds before a lost connection is tried again; doubled each time."""


class Progress(msgspec.Struct, frozen=True):
    """Where a follower stands after a page."""

    name: str
    page: int
    """Lines handled just now."""
    position: int
    head: int
    """The register's last position as far as the follower knows."""

    @property
    def lag(self) -> int:
        """Positions still ahead, an upper bound of the lines: there may be holes."""
        return self.head - self.position


Connect: TypeAlias = Callable[[], Awaitable[Connection]]
"""Opens a connection; the follower closes it."""


class Placed(Protocol):
    """A line of the register, in whatever form a follower wants it."""

    @property
    def position(self) -> int:
        """Where it stands."""


L = TypeVar("L", bound=Placed, default=Line)

Read: TypeAlias = Callable[[Connection, int, int], Awaitable[Sequence[L]]]
"""Reads up to so many lines behind a position, in their order."""

Handle: TypeAlias = Callable[[Connection, Sequence[L]], Awaitable[None]]
"""Works on a page within the open transaction. What it raises ends the loop: a line
that can't be read must be parked by the handler, so that the others go on."""


class Mark(Protocol):
    """How far a follower has come; kept in the database, and it fences."""

    async def place(self, connection: Connection) -> int:
        """Tell where it is."""

    async def move(self, connection: Connection, old: int, new: int) -> None:
        """Move it within the work's transaction, or raise AnotherFollowerError."""


async def _nothing(_: Connection) -> None:
    return


class Follower(Generic[L]):
    """Follows the register from its mark on, until told to stop."""

    def __init__(
        self,
        name: str,
        connect: Connect,
        handle: Handle[L],
        *,
        read: Read[L] = register.page_after,  # type: ignore[assignment] # L's default
        mark: Mark | None = None,
        idle: Callable[[Connection], Awaitable[None]] = _nothing,
        page_size: int = 2000,
        rest: float = 0,
        told: Callable[[Progress], None] = lambda _: None,
    ) -> None:
        """`rest` are seconds to wait after a page that was not full.

        Where nobody waits for the work, it makes fewer and larger pages of it.
        """
        self.name = name
        self._read = read
        self._rest = rest
        self._mark = mark or marks.NamedMark(name)
        self._idle = idle
        self._connect = connect
        self._handle = handle
        self._page_size = page_size
        self._told = told
        self._pause = FIRST_PAUSE

    async def run(self, stop: asyncio.Event) -> None:
        """Follow until `stop` is set; a page begun is finished.

        A lost connection is opened again, for as long as it takes. Raises
        AnotherFollowerError, and what the handler raises.
        """
        while not stop.is_set():
            try:
                async with await self._connect() as connection:
                    position = await self._begin(connection)
                    await self._follow(connection, position, stop)
            except (psycopg.OperationalError, psycopg.InterfaceError) as loss:
                log.warning(
                    "register_lost",
                    follower=self.name,
                    error=type(loss).__name__,
                    retry_after=self._pause,
                )
                await stopped_within(self._pause, stop)
                self._pause = min(2 * self._pause, LAST_PAUSE)

    async def _begin(self, connection: Connection) -> int:
        """Listen first, then look: nothing recorded in between is overlooked."""
        await connection.set_autocommit(True)
        await connection.execute(LISTEN)
        return await self._mark.place(connection)

    async def _follow(
        self, connection: Connection, position: int, stop: asyncio.Event
    ) -> None:
        while not stop.is_set():
            page = await self._read(connection, position, self._page_size)
            if page:
                position = await self._work(connection, position, page)
            else:
                await self._idle(connection)
            if len(page) < self._page_size:
                if page and self._rest:
                    await stopped_within(self._rest, stop)
                await _notice(connection, stop)
            self._pause = FIRST_PAUSE

    async def _work(
        self, connection: Connection, position: int, page: Sequence[L]
    ) -> int:
        last = page[-1].position
        async with connection.transaction():
            # The mark first: a second follower waits here, before it does any work.
            await self._mark.move(connection, position, last)
            await self._handle(connection, page)
        full = len(page) == self._page_size
        head = await register.head(connection) if full else last
        self._told(Progress(self.name, len(page), last, head))
        return last


async def _notice(connection: Connection, stop: asyncio.Event) -> None:
    """Wait until something was recorded, the time to look has come, or the stop."""

    async def first() -> None:
        async for _ in connection.notifies(timeout=POLL, stop_after=1):
            pass

    listening = asyncio.create_task(first())
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((listening, stopping), return_when=asyncio.FIRST_COMPLETED)
        if listening.done():
            listening.result()  # a connection lost while listening is lost here
    finally:
        for task in (listening, stopping):
            task.cancel()
        await asyncio.gather(listening, stopping, return_exceptions=True)
