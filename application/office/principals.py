"""Whom a request comes from: tokens and officials kept in a worker's memory.

What is kept is trusted only while the worker hears of changes: PostgreSQL notifies of
each. While that connection is down, tokens and the officials that a body names are
asked of the database; decisions rest on the directory as it was last read.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import structlog
from psycopg import AsyncConnection, OperationalError
from psycopg_pool import AsyncConnectionPool

from application.office import directory, tokens
from application.office.tokens import Bearer, Principal
from domain.office import Directory

__all__ = ["Principal", "Principals"]

HEARTBEAT_SECONDS: Final = 1.0
"""After so long a silence the connection is asked whether it still hears."""
PATIENCE_SECONDS: Final = 5.0
"""So long it may take to answer before it counts as lost."""
RETRY_SECONDS: Final = 0.5

LISTENER: Final = "disposisi directory listener"
"""As the database's list of sessions shows the connection."""

_LISTEN: Final = "listen directory"
_ASK: Final = "select 1"
_log = structlog.get_logger()


class Principals:
    """Finds the principal of a token and the directory that decisions rest on.

    Start `listen` as a task of its own; without it tokens are asked of the database,
    and the directory is as old as the last `refresh`.
    """

    def __init__(
        self,
        pool: AsyncConnectionPool[Any],
        conninfo: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._pool = pool
        self._conninfo = conninfo
        self._clock = clock
        self._bearers: dict[bytes, Bearer] = {}
        self._directory = Directory(officials={})
        self._hears = False
        self._changes = 0
        self._loading = asyncio.Lock()

    @property
    def hears(self) -> bool:
        """Whether changes are heard of, so that memory may be trusted."""
        return self._hears

    @property
    def directory(self) -> Directory:
        """The directory as last read; see `current` for one that is surely right."""
        return self._directory

    def recall(self, token: str) -> Principal | None:
        """Find a token's principal in memory alone; None says nothing of the token."""
        return self._recall(tokens.digest(token))

    async def resolve(self, token: str) -> Principal | None:
        """Find a token's principal; None when the token serves nobody."""
        digest = tokens.digest(token)
        if known := self._recall(digest):
            return known
        # Only a token that serves is kept: one issued just now is never denied, and
        # guesses do not fill the memory.
        changes = self._changes
        async with self._pool.connection() as conn:
            bearer = await tokens.bearer_of(conn, digest, self._clock())
        if bearer is None:
            return None
        if self._hears and changes == self._changes:
            self._bearers[digest] = bearer
        return bearer.principal

    async def current(self) -> Directory:
        """The directory from memory while changes are heard of, else read anew."""
        return self._directory if self._hears else await self.refresh()

    async def refresh(self) -> Directory:
        """Read the directory anew, as when a body names an official unknown to it."""
        async with self._pool.connection() as conn:
            return await self._load(conn)

    async def listen(self) -> None:
        """Hear of changes until cancelled; a lost connection is made again."""
        while True:
            try:
                await self._listen_once()
            except (OperationalError, TimeoutError):
                _log.warning("directory_not_heard", retry_seconds=RETRY_SECONDS)
            finally:
                self._hears = False
                self._forget()
            await asyncio.sleep(RETRY_SECONDS)

    async def _listen_once(self) -> None:
        async with await AsyncConnection.connect(
            self._conninfo, autocommit=True, application_name=LISTENER
        ) as conn:
            await conn.execute(_LISTEN)
            self._forget()
            await self._load(conn)
            self._hears = True
            while True:
                heard = False
                async for _ in conn.notifies(timeout=HEARTBEAT_SECONDS, stop_after=1):
                    self._forget()
                    heard = True
                # Also where nothing was heard: a peer that vanished without a word is
                # noticed only when asked.
                async with asyncio.timeout(PATIENCE_SECONDS):
                    await (self._load(conn) if heard else conn.execute(_ASK))

    async def _load(self, conn: AsyncConnection[Any]) -> Directory:
        # One at a time, so that an older reading never replaces a newer one.
        async with self._loading:
            self._directory = await directory.load(conn)
            return self._directory

    def _recall(self, digest: bytes) -> Principal | None:
        bearer = self._bearers.get(digest)
        if bearer is None or not self._hears:
            return None
        if bearer.expires_at <= self._clock():
            del self._bearers[digest]
            return None
        return bearer.principal

    def _forget(self) -> None:
        self._changes += 1
        self._bearers.clear()
