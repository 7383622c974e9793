"""The almanac: the calendar's editions in a worker's memory, fresh without restart.

Nothing wrong is recorded while it is behind: the register refuses what was decided
under an older edition, and the desk then reads the almanac anew.
"""

import asyncio
from typing import Any, Final

import structlog
from psycopg import AsyncConnection, InterfaceError, OperationalError
from psycopg_pool import AsyncConnectionPool

from application import named_sql
from application.office import editions
from application.office.calendars import HolidayTable
from application.office.editions import Editions

HEARTBEAT_SECONDS: Final = 1.0
"""After so long a silence the connection is asked whether it still hears."""
PATIENCE_SECONDS: Final = 5.0
"""So long it may take to answer before it counts as lost."""
RETRY_SECONDS: Final = 0.5

LISTENER: Final = "disposisi calendar listener"
"""As the database's list of sessions shows the connection."""

_SQL = named_sql.load(__file__)
_LISTEN = _SQL["listen"]
_ASK = _SQL["ask"]
_log = structlog.get_logger()


class Almanac:
    """Knows the editions as last read; start `listen` as a task of its own."""

    def __init__(
        self, pool: AsyncConnectionPool[Any], conninfo: str, built_in: HolidayTable
    ) -> None:
        self._pool = pool
        self._conninfo = conninfo
        self._built_in = built_in
        self._editions = Editions.alone(built_in)
        self._loading = asyncio.Lock()

    @property
    def editions(self) -> Editions:
        """All editions as last read; another object after every change."""
        return self._editions

    async def refresh(self) -> None:
        """Read the editions anew, as when the register refused an older one."""
        async with self._pool.connection() as connection:
            await self._load(connection)

    async def listen(self) -> None:
        """Hear of new editions until cancelled; a lost connection is made again."""
        while True:
            try:
                await self._listen_once()
            except (OperationalError, InterfaceError, TimeoutError):
                _log.warning("calendar_not_heard", retry_seconds=RETRY_SECONDS)
            await asyncio.sleep(RETRY_SECONDS)

    async def _listen_once(self) -> None:
        async with await AsyncConnection.connect(
            self._conninfo, autocommit=True, application_name=LISTENER
        ) as connection:
            await connection.execute(_LISTEN)
            await self._load(connection)
            while True:
                heard = False
                async for _ in connection.notifies(
                    timeout=HEARTBEAT_SECONDS, stop_after=1
                ):
                    heard = True
                # Also where nothing was heard: a peer that vanished without a word is
                # noticed only when asked.
                async with asyncio.timeout(PATIENCE_SECONDS):
                    await (
                        self._load(connection) if heard else connection.execute(_ASK)
                    )

    async def _load(self, connection: AsyncConnection[Any]) -> None:
        # One at a time, so that an older reading never replaces a newer one.
        async with self._loading:
            self._editions = await editions.load(connection, self._built_in)
