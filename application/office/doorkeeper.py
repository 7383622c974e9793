"""The doorkeeper: lets officials in by password or one-time link, and ends sessions.

Whoever knocks learns nothing of who has an account: an unknown name is counted, paused
and compared with a password as a known one is.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from msgspec.structs import replace
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from application.office import (
    account_events,
    accounts,
    directory,
    links,
    officials,
    passwords,
    sessions,
    sweeping,
    tries,
)
from application.office.account_errors import (
    LinkRefusedError,
    PasswordUnchangedError,
    SignInFailedError,
)
from application.office.account_events import What
from application.office.basis import Basis
from application.office.passwords import Passwords
from application.office.sessions import Session
from domain.values import AgencyCode, OfficialId, Role


class Newcomer(NamedTuple):
    """How the first administrator wants to be called."""

    official: OfficialId
    name: str


class LetIn(NamedTuple):
    """Who was let in for one token, and what that stands on."""

    official: OfficialId
    authenticated_at: datetime
    basis: Basis


class Begun(NamedTuple):
    """A session, and the secret for its cookie."""

    session: Session
    secret: str


class Doorkeeper:
    """One worker's; `agencies` are those that the first administrator looks after."""

    def __init__(
        self,
        pool: AsyncConnectionPool[Any],
        keeper: Passwords,
        agencies: Sequence[AgencyCode],
        clock: Callable[[], datetime],
        new_id: Callable[[], UUID],
    ) -> None:
        self._pool = pool
        self.passwords = keeper
        self._agencies = tuple(agencies)
        self._clock = clock
        self._new_id = new_id

    async def sign_in(self, official: OfficialId, password: str) -> LetIn:
        """Let somebody in for one access token.

        Raises `SignInFailedError`, `SignInPausedError` or `OverloadedError`.
        """
        proved = await self._prove(official, password)
        at = self._clock()
        async with self._acting(proved) as conn:
            await account_events.note(conn, What.SIGNED_IN, official, at, official)
        return LetIn(official, at, Basis(password_set_at=proved.password_set_at))

    async def begin_session(
        self, official: OfficialId, password: str, former: str | None = None
    ) -> Begun:
        """Begin a session; the one that the same browser had before ends.

        Raises what `sign_in` raises.
        """
        proved = await self._prove(official, password)
        at = self._clock()
        async with self._acting(proved) as conn:
            if former is not None:
                await sessions.leave(conn, former, at)
            secret = await sessions.begin(conn, self._new_id(), official, at)
            await account_events.note(conn, What.SIGNED_IN, official, at, official)
            return Begun(await sessions.find(conn, secret, at), secret)

    async def session(self, secret: str) -> Session:
        """The session of a cookie; raises `SessionRefusedError`."""
        async with accounts.opened(self._pool) as conn:
            return await sessions.find(conn, secret, self._clock())

    async def step_up(self, secret: str, password: str) -> Begun:
        """Have the password given again; the session's secret is another one then.

        Raises `SessionRefusedError` and what `sign_in` raises.
        """
        found = await self.session(secret)
        proved = await self._prove(found.official, password, within=True)
        at = self._clock()
        async with self._acting(proved) as conn:
            new = await sessions.elevate(conn, secret, at)
            await account_events.note(
                conn, What.SIGNED_IN, found.official, at, found.official
            )
            return Begun(await sessions.find(conn, new, at), new)

    async def end_session(self, official: OfficialId, session: UUID) -> bool:
        """End one of somebody's own sessions; False where he has no such one."""
        at = self._clock()
        async with accounts.opened(self._pool) as conn:
            ended = await sessions.end(conn, session, official, at)
            if ended:
                await account_events.note(
                    conn, What.SESSION_ENDED, official, at, official
                )
        return ended

    async def sessions_of(self, official: OfficialId) -> list[Session]:
        """Somebody's sessions."""
        async with accounts.opened(self._pool) as conn:
            return await sessions.of_official(conn, official, self._clock())

    async def change_password(
        self,
        official: OfficialId,
        current: str,
        new: str,
        spared: str | None = None,
    ) -> None:
        """Change one's own password and end one's sessions, but the `spared` cookie's.

        No token that was signed before serves any more; an operator's, which no
        password gave, does until he revokes it. Raises what `sign_in` raises, and
        `PasswordRefusedError`.
        """
        proved = await self._prove(official, current, within=True)
        if passwords.are_same(current, new):
            raise PasswordUnchangedError
        passwords.must_be_good(new, (official, *proved.names))
        hashed = await self.passwords.kept(new)
        at = self._clock()
        async with self._acting(proved) as conn:
            here = None if spared is None else await sessions.named(conn, spared, at)
            await accounts.keep(conn, official, hashed, at)
            await sessions.end_all(conn, official, at, but=here)
            await directory.announce(conn, official)
            await account_events.note(
                conn, What.PASSWORD_CHANGED, official, at, official
            )

    async def redeem(self, link: str, password: str, newcomer: Newcomer) -> LetIn:
        """Set the first password, or a new one, with a link, and let its owner in.

        Sessions and signed tokens of before serve no more. A password that is refused
        leaves the link as it was. Raises `LinkRefusedError`, `PasswordRefusedError`,
        `OfficialRefusedError` or `OverloadedError`.
        """
        async with accounts.opened(self._pool) as conn:
            invited = await links.look(conn, link, self._clock())
            told: tuple[str, ...] = newcomer
            if invited.official is not None:
                kept = await accounts.kept(conn, invited.official)
                if kept is None:
                    raise LinkRefusedError
                told = (kept.official, *kept.names)
        passwords.must_be_good(password, told)
        hashed = await self.passwords.kept(password)
        at = self._clock()
        official = invited.official or newcomer.official
        async with accounts.opened(self._pool) as conn:
            standing = await accounts.held(conn, official)
            await links.use(conn, link, at)
            if invited.official is None:
                await self._enter_first_administrator(conn, newcomer, at)
            elif standing is None:
                raise LinkRefusedError
            await accounts.keep(conn, official, hashed, at)
            await tries.forget_all(conn, official)
            await sessions.end_all(conn, official, at)
            await directory.announce(conn, official)
            await account_events.note(conn, What.PASSWORD_SET, official, at, official)
        return LetIn(official, at, Basis(password_set_at=at))

    async def _prove(
        self, official: OfficialId, password: str, *, within: bool = False
    ) -> accounts.Kept:
        # Who is within was let in before; what strangers try is not counted against
        # him. His own tries are: the session or the token may be a thief's.
        async with accounts.opened(self._pool) as conn:
            at = self._clock()
            tried = await tries.count(conn, official, at, within=within)
            kept = await accounts.kept(conn, _sound(official))
            if tried > tries.FREE:
                # Here and not after the comparison, and for every name: a failure does
                # the same work for everyone, or its time would tell who has an account.
                await account_events.note_pause(conn, _sound(official), at)
        standing = None if kept is None else kept.password
        fits = await self.passwords.fits(password, standing)
        if kept is None or standing is None or not fits:
            raise SignInFailedError
        outdated = self.passwords.is_outdated(standing)
        hashed = await self.passwords.kept(password) if outdated else standing
        async with accounts.opened(self._pool) as conn:
            # While we compared, he may have been disabled, or have changed it.
            if await accounts.held(conn, official) != kept:
                raise SignInFailedError
            if outdated:
                await accounts.rehash(conn, official, hashed)
            await tries.forget(conn, official, within=within)
            await sweeping.sweep(conn, self._clock())
        return replace(kept, password=hashed)

    @asynccontextmanager
    async def _acting(
        self, proved: accounts.Kept
    ) -> AsyncIterator[AsyncConnection[Any]]:
        """A transaction in which what was proved still holds, and goes on to hold.

        Raises `SignInFailedError`: he was disabled since, or has another password.
        """
        async with accounts.opened(self._pool) as conn:
            if await accounts.held(conn, proved.official) != proved:
                raise SignInFailedError
            yield conn

    async def _enter_first_administrator(
        self, conn: AsyncConnection[Any], newcomer: Newcomer, at: datetime
    ) -> None:
        if await accounts.has_anybody(conn):
            raise LinkRefusedError
        for agency in self._agencies:
            official = officials.check(
                id_=newcomer.official,
                agency=agency,
                name=newcomer.name,
                roles=(Role.ADMINISTRATOR,),
                unit=None,
                agencies=self._agencies,
            )
            await directory.add(conn, official, at)


def _sound(given: str) -> str:
    """What may be asked of the database: a name that can't be one asks all the same."""
    return given if officials.is_slug(given) else ""
