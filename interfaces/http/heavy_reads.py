"""Reports and exports: reads that count or tell very much, a few of them at a time.

Connections of a worker are few. Were all of them counting, an official who only wants
to see his cases would be told to come again.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
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
    """Connections for them, in turn."""

    def __init__(self, pool: AsyncConnectionPool[Any]) -> None:
        self._pool = pool
        self._turns = asyncio.Semaphore(AT_ONCE)

    @asynccontextmanager
    async def connection(
        self, patience: float | None = PATIENCE
    ) -> AsyncIterator[AsyncConnection[Any]]:
        """A connection when it is one's turn; 503 when patience runs out.

        With None one waits as long as it takes: an answer has begun already, and each
        of those before it ends within the time that any statement may take.
        """
        try:
            async with asyncio.timeout(patience):
                await self._turns.acquire()
        except TimeoutError:
            raise RequestFaultError(
                "overloaded", headers={"Retry-After": str(RETRY_AFTER_SECONDS)}
            ) from None
        try:
            async with self._pool.connection() as connection:
                yield connection
        finally:
            self._turns.release()
