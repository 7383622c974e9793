"""Sessions for pages: an opaque 256-bit secret in a cookie, kept as its SHA-256.

The secret is always made here, anew at every signing in, so that one which a client
brings along is worth nothing (session fixation).
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
from psycopg import AsyncConnection
from psycopg.rows import dict_row

from application import named_sql
from application.office import tokens
from application.office.account_errors import SessionRefusedError
from application.office.basis import Basis
from domain.values import OfficialId

_SQL = named_sql.load(__file__)
_BEGIN = _SQL["begin"]
_FIND = _SQL["find"]
_WHOSE = _SQL["whose"]
_END_OVERDUE = _SQL["end_overdue"]
_SWEEP = _SQL["sweep"]
_SEEN = _SQL["seen"]
_ELEVATE = _SQL["elevate"]
_LIST = _SQL["list"]
_NAMED = _SQL["named"]
_LEAVE = _SQL["leave"]
_END = _SQL["end"]
_END_ALL = _SQL["end_all"]

CHANNEL: Final = "sessions"
"""Where PostgreSQL notifies of each session that is ended, by its name."""

IDLE: Final = timedelta(minutes=30)
ABSOLUTE: Final = timedelta(hours=10)
"""A long working day."""
KEPT_FOR: Final = timedelta(days=30)
"""So long the line of a session that has ended is kept."""
NOTED_EVERY: Final = timedelta(minutes=1)
"""That a session was used is written down so often at most."""


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One browser of an official."""

    session: UUID
    """Its name in lists; no secret."""
    official: OfficialId
    began_at: datetime
    authenticated_at: datetime
    """When the official last proved himself, by password or at the provider."""
    seen_at: datetime
    password_set_at: datetime | None
    """Since when the official's password is what it is; None where he has none."""

    @property
    def ends_at(self) -> datetime:
        """However much it is used."""
        return self.began_at + ABSOLUTE

    @property
    def basis(self) -> Basis:
        """What tokens that are taken in it now stand on."""
        return Basis(session=self.session, password_set_at=self.password_set_at)


def synchronizer(secret: str) -> str:
    """What a page has to send along: a stranger's page can't read it off ours.

    Made of the session's secret, so that it serves for no other session.
    """
    made = hmac.new(secret.encode(), b"disposisi synchronizer", hashlib.sha256)
    return made.hexdigest()


async def begin(
    conn: AsyncConnection[Any],
    session: UUID,
    official: OfficialId,
    at: datetime,
    proved_at: datetime | None = None,
) -> str:
    """Begin a session and return its secret, for the only time.

    `proved_at` is when the official proved himself; None: just now.
    """
    secret = secrets.token_urlsafe(32)
    values = {"session": session, "hash": tokens.digest(secret), "official": official}
    await conn.execute(_BEGIN, values | {"at": at, "proved_at": proved_at or at})
    return secret


async def find(conn: AsyncConnection[Any], secret: str, at: datetime) -> Session:
    """The session that a cookie stands for; notes that it was used.

    Raises `SessionRefusedError`: unknown, idle or old, ended, or of one out of office.
    """
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_FIND, _asked(at) | {"hash": tokens.digest(secret)})
        row = await cursor.fetchone()
    if row is None:
        raise SessionRefusedError
    found = msgspec.convert(row, Session)
    if found.seen_at <= at - NOTED_EVERY:
        await conn.execute(_SEEN, {"session": found.session, "at": at})
    return found


async def elevate(conn: AsyncConnection[Any], secret: str, at: datetime) -> str:
    """Note that the password was given again, and answer the session's new secret.

    The old one is worth nothing from now on. Raises `SessionRefusedError`.
    """
    new = secrets.token_urlsafe(32)
    values = {"hash": tokens.digest(secret), "new_hash": tokens.digest(new)}
    cursor = await conn.execute(_ELEVATE, _asked(at) | values)
    if await cursor.fetchone() is None:
        raise SessionRefusedError
    return new


async def of_official(
    conn: AsyncConnection[Any], official: OfficialId, at: datetime
) -> list[Session]:
    """His sessions that have not ended, the latest first."""
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_LIST, _asked(at) | {"official": official})
        return msgspec.convert(await cursor.fetchall(), list[Session])


async def named(conn: AsyncConnection[Any], secret: str, at: datetime) -> UUID | None:
    """The name of a cookie's session; None where it has ended."""
    values = {"hash": tokens.digest(secret)}
    cursor = await conn.execute(_NAMED, _asked(at) | values)
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def whose(conn: AsyncConnection[Any], session: UUID) -> OfficialId | None:
    """Whose session it is; None where it was ended."""
    cursor = await conn.execute(_WHOSE, {"session": session})
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def sweep(conn: AsyncConnection[Any], at: datetime) -> None:
    """Note the end of sessions that nobody ended, and drop those of long ago."""
    values = {"idle": IDLE, "absolute": ABSOLUTE}
    await conn.execute(_END_OVERDUE, _asked(at) | values)
    await conn.execute(_SWEEP, {"before": at - KEPT_FOR})


async def leave(conn: AsyncConnection[Any], secret: str, at: datetime) -> None:
    """End the session of a cookie, if it has one, and the tokens taken in it."""
    await conn.execute(_LEAVE, {"hash": tokens.digest(secret), "at": at})


async def end(
    conn: AsyncConnection[Any], session: UUID, official: OfficialId, at: datetime
) -> bool:
    """End one session of this official and the tokens taken in it.

    False where he has no such one.
    """
    values = {"session": session, "official": official, "at": at}
    cursor = await conn.execute(_END, values)
    return cursor.rowcount > 0


async def end_all(
    conn: AsyncConnection[Any],
    official: OfficialId,
    at: datetime,
    but: UUID | None = None,
) -> None:
    """End all sessions of an official, but the one in which he asks for it.

    The tokens taken in those end with them.
    """
    await conn.execute(_END_ALL, {"official": official, "at": at, "but": but})


def _asked(at: datetime) -> dict[str, datetime]:
    return {"at": at, "seen_after": at - IDLE, "began_after": at - ABSOLUTE}
