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
from psycopg import AsyncConnection, InterfaceError, OperationalError
from psycopg_pool import AsyncConnectionPool

from application import named_sql
from application.office import accounts, basis, directory, sessions, tokens
from application.office.access_tokens import is_signed
from application.office.signed_tokens import SignedTokens, Verified
from application.office.tokens import Bearer, Principal
from domain.office import Directory

__all__ = ["Principal", "Principals"]

SIGNED_TOKENS_KEPT: Final = 4_096
"""Signed tokens kept in memory, about 1 KB each; the eldest makes room for the next."""

HEARTBEAT_SECONDS: Final = 1.0
"""After so long a silence the connection is asked whether it still hears."""
PATIENCE_SECONDS: Final = 5.0
"""So long it may take to answer before it counts as lost."""
RETRY_SECONDS: Final = 0.5

LISTENER: Final = "disposisi directory listener"
"""As the database's list of sessions shows the connection."""

_SQL = named_sql.load(__file__)
_LISTEN = _SQL["listen"]
_LISTEN_TO_SESSIONS = _SQL["listen_to_sessions"]
_ASK = _SQL["ask"]
_log = structlog.get_logger()


class Principals:
    """Finds the principal of a token and the directory that decisions rest on.

    An opaque token is looked up, a signed one believed if `signed` says so and what it
    stands on still holds; what either may do is the directory's to say. So one who is
    disabled is refused at once, and so is a token whose session has ended.
    Start `listen` as a task of its own; without it tokens are asked of the database,
    and the directory is as old as the last `refresh`.
    """

    def __init__(
        self,
        pool: AsyncConnectionPool[Any],
        conninfo: str,
        clock: Callable[[], datetime],
        signed: SignedTokens,
    ) -> None:
        self._pool = pool
        self._conninfo = conninfo
        self._clock = clock
        self._signed = signed
        self._bearers: dict[bytes, Bearer] = {}
        self._signed_bearers: dict[bytes, Bearer] = {}
        self._directory = Directory(officials={})
        self._hears = False
        self._changes = 0
        self._ends = 0
        """How many sessions were heard to end."""
        self._read_after = 0
        """How many changes the directory, as last read, has surely seen."""
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
        if is_signed(token):
            return await self._believe(token, digest)
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

    async def _believe(self, token: str, digest: bytes) -> Principal | None:
        changes, ends = self._changes, self._ends
        said = await self._signed.verify(token)
        if said is None or not await self._stands(said):
            return None
        memberships = {
            agency: one
            for (id_, agency), one in (await self.current()).officials.items()
            if id_ == said.official and not one.disabled
        }
        if not memberships:
            return None
        principal = Principal(
            official=said.official,
            memberships=memberships,
            scopes=said.scopes,
            authenticated_at=said.authenticated_at,
            proof=said.proof,
        )
        if self._hears and (changes, ends) == (self._changes, self._ends):
            if len(self._signed_bearers) >= SIGNED_TOKENS_KEPT:
                del self._signed_bearers[next(iter(self._signed_bearers))]
            session = None if said.basis is None else said.basis.session
            self._signed_bearers[digest] = Bearer(principal, said.good_until, session)
        return principal

    async def _stands(self, said: Verified) -> bool:
        # Who sets another password, or signs out, means to be rid of the tokens too.
        if said.basis is None:
            return True
        async with accounts.opened(self._pool) as conn:
            return await basis.stands(conn, said.official, said.basis)

    async def current(self) -> Directory:
        """The directory from memory while no change was heard of, else read anew."""
        if self._is_right:
            return self._directory
        async with self._pool.connection() as conn:
            return await self._load(conn, unless_right=True)

    @property
    def _is_right(self) -> bool:
        return self._hears and self._read_after == self._changes

    async def refresh(self) -> Directory:
        """Read the directory anew, as when a body names an official unknown to it."""
        async with self._pool.connection() as conn:
            return await self._load(conn)

    async def listen(self) -> None:
        """Hear of changes until cancelled; a lost connection is made again."""
        while True:
            try:
                await self._listen_once()
            except (OperationalError, InterfaceError, TimeoutError):
                _log.warning("directory_not_heard", retry_seconds=RETRY_SECONDS)
            finally:
                self._hears = False
                self.forget()
            await asyncio.sleep(RETRY_SECONDS)

    async def _listen_once(self) -> None:
        async with await AsyncConnection.connect(
            self._conninfo, autocommit=True, application_name=LISTENER
        ) as conn:
            await conn.execute(_LISTEN)
            await conn.execute(_LISTEN_TO_SESSIONS)
            self.forget()
            await self._load(conn)
            self._hears = True
            while True:
                heard = False
                async for told in conn.notifies(
                    timeout=HEARTBEAT_SECONDS, stop_after=1
                ):
                    if told.channel == sessions.CHANNEL:
                        self._forget_session(told.payload)
                    else:
                        self.forget()
                        heard = True
                # Also where nothing was heard: a peer that vanished without a word is
                # noticed only when asked.
                async with asyncio.timeout(PATIENCE_SECONDS):
                    await (self._load(conn) if heard else conn.execute(_ASK))

    async def _load(
        self, conn: AsyncConnection[Any], *, unless_right: bool = False
    ) -> Directory:
        # One at a time, so that an older reading never replaces a newer one.
        async with self._loading:
            if unless_right and self._is_right:
                return self._directory  # somebody else has read it meanwhile
            changes = self._changes
            self._directory = await directory.load(conn)
            self._read_after = changes
            # Whoever was believed meanwhile was so by the older one.
            self._signed_bearers.clear()
            return self._directory

    def _recall(self, digest: bytes) -> Principal | None:
        kept = self._bearers
        bearer = kept.get(digest)
        if bearer is None:
            kept = self._signed_bearers
            bearer = kept.get(digest)
        if bearer is None or not self._hears:
            return None
        if bearer.expires_at <= self._clock():
            del kept[digest]
            return None
        return bearer.principal

    def _forget_session(self, session: str) -> None:
        # That of one session is forgotten and no more: people sign out all day long.
        self._ends += 1
        ended = [
            digest
            for digest, bearer in self._signed_bearers.items()
            if str(bearer.session) == session
        ]
        for digest in ended:
            del self._signed_bearers[digest]

    def forget(self) -> None:
        """Trust nothing kept in memory any more, as when keys were changed."""
        self._changes += 1
        self._bearers.clear()
        self._signed_bearers.clear()
