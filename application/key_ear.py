"""Hears of new generations of the key-encryption key, so that nobody starts again.

Nothing wrong is written while it is behind: the database refuses what an older
generation wrapped, and whoever wrote it looks then.
"""

import asyncio
from typing import Any, Final

import structlog
from psycopg import AsyncConnection, InterfaceError, OperationalError

from application import named_sql
from application.key_generations import OtherKeyError, follow
from application.keys import KeyEncryptionKey, KeyFileError

HEARTBEAT_SECONDS: Final = 30.0
"""After so long a silence it is looked anyway, which also shows a dead connection."""
PATIENCE_SECONDS: Final = 5.0
"""So long a look may take before the connection counts as lost."""
RETRY_SECONDS: Final = 1.0

KEPT_SECONDS: Final = 300.0
"""So long a generation that is gone is kept in memory: answers that were begun before
may still have to open what it wrapped."""

_LISTEN = named_sql.load(__file__)["listen"]
_log = structlog.get_logger(__name__)


class KeyEar:
    """Keeps a key's generations as the database has them; `listen` is a task."""

    def __init__(
        self,
        conninfo: str,
        kek: KeyEncryptionKey,
        *,
        kept: float = KEPT_SECONDS,
        retry: float = RETRY_SECONDS,
    ) -> None:
        self._conninfo = conninfo
        self._kek = kek
        self._kept = kept
        self._retry = retry
        self._going: dict[int, asyncio.TimerHandle] = {}

    async def listen(self) -> None:
        """Hear until cancelled; a lost connection is made again."""
        while True:
            try:
                await self._listen_once()
            except (OperationalError, InterfaceError, TimeoutError):
                _log.warning("keys_not_heard", retry_seconds=self._retry)
            except (OtherKeyError, KeyFileError) as fault:
                # What it holds goes on to work; the next start would refuse.
                _log.critical("key_file_missing", exc_info=fault)
            await asyncio.sleep(self._retry)

    async def _listen_once(self) -> None:
        async with await AsyncConnection.connect(
            self._conninfo, autocommit=True, application_name="disposisi-keys"
        ) as connection:
            await connection.execute(_LISTEN)
            while True:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    await self._look(connection)
                async for _ in connection.notifies(
                    timeout=HEARTBEAT_SECONDS, stop_after=1
                ):
                    pass

    async def _look(self, connection: AsyncConnection[Any]) -> None:
        before = self._kek.current
        in_use = await follow(connection, self._kek)
        if self._kek.current != before:
            _log.info("key_generation_taken", generation=self._kek.current)
        loop = asyncio.get_running_loop()
        for generation in set(self._kek.generations) - in_use - set(self._going):
            self._going[generation] = loop.call_later(
                self._kept, self._forget, generation
            )

    def _forget(self, generation: int) -> None:
        del self._going[generation]
        if generation != self._kek.current:
            self._kek.forget(generation)
            _log.info("key_generation_forgotten", generation=generation)
