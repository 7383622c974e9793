"""The sealer: follows the register and enters every line into the log.

It seals no line whose version does not follow the last one sealed of its stream: then a
line is gone, or somebody wrote beside the register's append. Nor does it continue a log
that is not as it left it. It says so (in the log of events, in the metrics and in
`log_state`), goes no further, and looks again later.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from time import monotonic
from typing import Final

import structlog
from psycopg import AsyncConnection, IntegrityError, OperationalError

from application import marks
from application.follow import Follower, Mark, Progress
from application.marks import AnotherFollowerError
from application.notary import ledger
from application.notary.ahead import Ahead
from application.notary.entering import UnsealableError
from application.notary.leaf import LeafError
from application.notary.stored import DigestedLine
from application.notary.tiles import MissingTileError
from application.register import Connection
from application.stopping import stopped_within

log = structlog.get_logger(__name__)

NAME: Final = "sealer"
PAGE: Final = 5000
"""Lines sealed in one transaction."""
REST: Final = 0.5
"""Seconds between two pages that are not full: nobody waits for a seal but the next
checkpoint, and a page of a thousand lines costs little more than one of ten."""
STANDBY: Final = 2.0
"""Seconds until one of two sealers looks whether the other one still works."""
RETRY: Final = 30.0
"""Seconds until what could not be sealed is looked at again."""


class Sealer:
    """Seals the register's lines in their order; one at a time works, others wait."""

    def __init__(
        self,
        url: str,
        *,
        mark: Mark | None = None,
        page_size: int = PAGE,
        rest: float = REST,
        retry: float = RETRY,
        told: Callable[[Progress], None] = lambda _: None,
        now: Callable[[], float] = monotonic,
    ) -> None:
        self._url = url
        self._mark = mark or marks.NamedMark(NAME)
        self._page_size = page_size
        self._rest = rest
        self._retry = retry
        self._told = told
        self._now = now
        self._opened = AsyncExitStack()
        self._ahead: Ahead | None = None
        self._fault: UnsealableError | None = None
        self._look_again = 0.0
        self._at = 0
        """Where the mark was when a page was read last."""
        self._was_stopped = True
        """Until it is known that `log_state` tells of no stop that is over."""

    async def run(self, stop: asyncio.Event) -> None:
        """Seal until `stop` is set; a page begun is finished."""
        try:
            while not stop.is_set():
                await self._follow(stop)
        finally:
            await self._close()

    async def _follow(self, stop: asyncio.Event) -> None:
        follower = Follower(
            NAME,
            self._connect,
            self._seal,
            read=self._read,
            mark=self,
            idle=self._idle,
            page_size=self._page_size,
            rest=self._rest,
            told=self._told,
        )
        try:
            await follower.run(stop)
        except AnotherFollowerError:
            await self._stand_by(stop)
        except UnsealableError as fault:
            if await self._place_now() == self._at:
                reason = fault.reason
                log.critical("log_stopped", position=fault.position, reason=reason)
                self._fault = fault
                self._look_again = self._now() + self._retry
            else:
                # Lines and heads were read while another sealer went on: no fault.
                await self._stand_by(stop)
        except (MissingTileError, LeafError) as fault:
            await self._stop(str(fault), stop)
        except IntegrityError as fault:
            await self._stop(fault.diag.message_primary or type(fault).__name__, stop)

    async def _stand_by(self, stop: asyncio.Event) -> None:
        self._fault = None
        log.info("sealer_stands_by", retry_after=STANDBY)
        await stopped_within(STANDBY, stop)

    async def _place_now(self) -> int | None:
        """Where the mark is; None where the database doesn't say."""
        try:
            async with await self._open() as connection:
                return await self._mark.place(connection)
        except OperationalError:
            return None

    async def _stop(self, reason: str, stop: asyncio.Event) -> None:
        """Tell that the log can't be continued as it is, then wait."""
        await self._close()
        try:
            async with await self._open() as connection:
                position = await self._mark.place(connection)
                await ledger.stop(connection, position, reason)
        except OperationalError as loss:
            log.warning("stop_not_noted", error=type(loss).__name__)
        else:
            log.critical("log_stopped", position=position, reason=reason)
        self._was_stopped = True
        await stopped_within(self._retry, stop)

    async def place(self, connection: Connection) -> int:
        """Tell where the mark is; the end of the log is read with it.

        If another sealer moves it in between, the mark refuses to move from here.
        Raises LeafError where the log does not end there: whoever set the mark would
        have lines passed over.
        """
        at = await self._mark.place(connection)
        end = await ledger.open_end(connection)
        last = await ledger.last_position(connection, end.size)
        if last != at:
            if await self._mark.place(connection) != at:
                raise AnotherFollowerError(NAME)
            differing = f"the mark is at {at}, and the log ends with {last}"
            raise LeafError(differing)
        self._ahead = Ahead(await self._reader(), end)
        return at

    async def move(self, connection: Connection, old: int, new: int) -> None:
        """Move the mark, or raise AnotherFollowerError."""
        await self._mark.move(connection, old, new)

    async def _connect(self) -> Connection:
        """Open both connections anew, so that nothing begun on them goes on."""
        await self._close()
        self._opened = AsyncExitStack()
        return await self._open()

    async def _reader(self) -> Connection:
        connection = await self._open()
        self._opened.push_async_callback(connection.close)
        return connection

    async def _open(self) -> Connection:
        connection = await AsyncConnection.connect(
            self._url, autocommit=True, application_name=NAME
        )
        await connection.execute(ledger.TAKE_ROLE)
        return connection

    async def _close(self) -> None:
        if self._ahead is not None:
            await self._ahead.close()
            self._ahead = None
        await self._opened.aclose()

    async def _read(
        self, _: Connection, position: int, limit: int
    ) -> Sequence[DigestedLine]:
        """Read a page, up to the line that can't be sealed if there is one."""
        self._at = position
        assert self._ahead is not None, "the mark was placed first"
        if self._fault is not None and self._now() >= self._look_again:
            self._fault = None
        before = None if self._fault is None else self._fault.position
        return await self._ahead.page(position, limit, before)

    async def _seal(
        self, connection: Connection, lines: Sequence[DigestedLine]
    ) -> None:
        assert self._ahead is not None, "the page was read first"
        await ledger.write(connection, self._ahead.sealed(lines))

    async def _idle(self, connection: Connection) -> None:
        if (fault := self._fault) is not None:
            await ledger.stop(connection, fault.position, fault.reason)
            self._was_stopped = True
        elif self._was_stopped:
            await ledger.go_on(connection)
            self._was_stopped = False
