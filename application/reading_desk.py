"""Writes readings: all that wait together, in one statement and one commit.

As at the desk, the next gather while one batch is at the database. Nobody is shown
anything before the commit, nor where there is none.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Any, Final

import structlog
from psycopg import AsyncConnection

from application import named_sql, readings
from application.desk_connection import LOST
from application.desk_errors import OverloadedError
from application.readings import Reading

_SQL = named_sql.load(__file__)
_TAKE_ROLE = _SQL["take_role"]

PATIENCE_SECONDS: Final = 2.0
"""So long an answer waits for its reading before it is 503."""
LARGEST_BATCH: Final = 2_000
"""Readings; a page of a book that is exported has some hundred."""
LONGEST_QUEUE: Final = 4_096
"""Answers that may wait; more are turned away at once."""

_log = structlog.get_logger()


class _Waiting:
    __slots__ = ("future", "readings")

    def __init__(self, some: Sequence[Reading]) -> None:
        self.readings = some
        self.future: asyncio.Future[None] = asyncio.get_running_loop().create_future()


class ReadingDesk:
    """One writer of a process; reading rooms hand it readings and await the commit."""

    def __init__(self, url: str, patience: float = PATIENCE_SECONDS) -> None:
        self._url = url
        self._patience = patience
        self._waiting: deque[_Waiting] = deque()
        self._wake = asyncio.Event()
        self._working = False
        self._closing = False
        self._connection: AsyncConnection[Any] | None = None

    @property
    def works(self) -> bool:
        """Whether `run` is at work and takes readings."""
        return self._working and not self._closing

    async def keep(self, some: Sequence[Reading]) -> None:
        """Return once the readings are durable; raises `OverloadedError` otherwise.

        After a refusal they may stand in the trail all the same: who was shown
        nothing may be named there, who is not named was shown nothing.
        """
        if not some:
            return
        if not self._working or len(self._waiting) >= LONGEST_QUEUE:
            raise OverloadedError
        one = _Waiting(some)
        self._waiting.append(one)
        self._wake.set()
        try:
            async with asyncio.timeout(self._patience):
                await one.future
        except TimeoutError:
            raise OverloadedError from None

    async def run(self) -> None:
        """Work until `close`, and write what waits; at its end nobody waits on."""
        self._working = True
        try:
            while self._waiting or not self._closing:
                if self._waiting:
                    await self._write(self._gathered())
                else:
                    self._wake.clear()
                    await self._wake.wait()
        finally:
            self._working = False
            self._tell(self._waiting, OverloadedError())
            await self._hang_up()

    def close(self) -> None:
        """Take no more readings."""
        self._closing = True
        self._wake.set()

    def _gathered(self) -> list[_Waiting]:
        batch: list[_Waiting] = []
        size = 0
        while self._waiting and size < LARGEST_BATCH:
            one = self._waiting.popleft()
            if not one.future.done():  # who gave up waiting is shown nothing
                batch.append(one)
                size += len(one.readings)
        return batch

    async def _write(self, batch: Sequence[_Waiting]) -> None:
        """Write the batch, once more where the connection was lost meanwhile.

        A commit that nobody answered may then be written twice, which tells of one
        reading too many and of none too few.
        """
        some = [reading for one in batch for reading in one.readings]
        try:
            trouble = await self._trouble(some)
            if isinstance(trouble, LOST):
                trouble = await self._trouble(some)
            if trouble is None:
                self._tell(batch)
            else:
                _log.error("readings_not_kept", exc_info=trouble)
        finally:
            self._tell(batch, OverloadedError())

    async def _trouble(self, some: Sequence[Reading]) -> BaseException | None:
        """What kept them from being written, whatever it is: the others go on."""
        adding = asyncio.create_task(self._add(some))
        try:
            await asyncio.wait({adding})
        finally:
            adding.cancel()
        if trouble := adding.exception():
            await self._hang_up()
        return trouble

    async def _add(self, some: Sequence[Reading]) -> None:
        if not some:
            return
        if self._connection is None or self._connection.closed:
            self._connection = await self._connected()
        await readings.add(self._connection.cursor(), some)

    async def _connected(self) -> AsyncConnection[Any]:
        connection = await AsyncConnection.connect(
            self._url,
            autocommit=True,
            application_name="disposisi-readings",
            connect_timeout=2,
            # Whoever waits has given up long before; and a server that vanished
            # without a word is missed.
            options="-c timezone=UTC -c statement_timeout=5s",
            keepalives_idle=2,
            keepalives_interval=1,
            keepalives_count=3,
        )
        await connection.execute(_TAKE_ROLE)
        return connection

    async def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    def _tell(
        self, batch: Sequence[_Waiting] | deque[_Waiting], why: Exception | None = None
    ) -> None:
        for one in batch:
            if one.future.done():
                continue
            if why is None:
                one.future.set_result(None)
            else:
                one.future.set_exception(why)
