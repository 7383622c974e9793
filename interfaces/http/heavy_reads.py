"""Reports and exports: reads that count or tell very much, a few of them at a time.

Connections of a worker are few. Were all of them counting, an official who only wants
to see his cases would be told to come again.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from interfaces.http.problems import RETRY_AFTER_SECONDS, RequestFaultError

AT_ONCE: Final = 2
"""In one worker: two such reads keep two cores of the database busy, so that a third
would only make the others slower; and of its connections most stay for officials."""

PATIENCE: Final = 5.0
"""Seconds to wait for one's turn, before the answer is 503."""


class HeavyReads:
    """Turns of one worker."""

    def __init__(self, pool: AsyncConnectionPool[Any]) -> None:
        self._pool = pool
        self._turns = asyncio.Semaphore(AT_ONCE)

    @asynccontextmanager
    async def connection(
        self, patience: float | None
    ) -> AsyncIterator[AsyncConnection[Any]]:
        """A connection when it is one's turn; TimeoutError when patience runs out."""
        async with asyncio.timeout(patience):
            await self._turns.acquire()
        try:
            async with self._pool.connection() as connection:
                yield connection
        finally:
            self._turns.release()


class Turns:
    """Those of one request: an export takes one for each of its pages.

    So no turn is held while a page is on its way. Only the first is refused: later an
    answer has begun, and whoever is before it ends within what any statement may take.
    """

    def __init__(self, of: HeavyReads) -> None:
        self._of = of
        self._patience: float | None = PATIENCE

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[AsyncConnection[Any]]:
        """A connection when it is one's turn; 503 when the first does not come."""
        async with AsyncExitStack() as stack:
            try:
                connection = await stack.enter_async_context(
                    self._of.connection(self._patience)
                )
            except TimeoutError:
                raise RequestFaultError(
                    "overloaded", headers={"Retry-After": str(RETRY_AFTER_SECONDS)}
                ) from None
            self._patience = None
            yield connection
