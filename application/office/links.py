"""One-time links: how somebody gets a first password, or a new one, from nobody's hand.

256 bits, shown once, kept as a SHA-256 digest, good for one day and for one use. Who
gets a new link can't use the older ones any more.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any, Final, LiteralString

import msgspec
from psycopg import AsyncConnection
from psycopg.rows import dict_row

from application import named_sql
from application.office import tokens
from application.office.account_errors import LinkRefusedError
from domain.values import OfficialId

_SQL = named_sql.load(__file__)
_REPLACE = _SQL["replace"]
_ISSUE = _SQL["issue"]
_LOOK = _SQL["look"]
_USE = _SQL["use"]
_SWEEP = _SQL["sweep"]

PREFIX: Final = "dsl_"
"""Lets a scanner that looks for leaked secrets tell ours from others'."""
LASTS: Final = timedelta(hours=24)
KEPT_FOR: Final = timedelta(days=30)
"""So long the line of a link is kept, from the end of the link on."""


class Invited(msgspec.Struct, frozen=True):
    """Whom a link is for; None is whoever becomes the first administrator."""

    official: OfficialId | None


async def issue(
    conn: AsyncConnection[Any], official: OfficialId | None, at: datetime
) -> str:
    """Make a link and return it, for the only time; call it in a transaction."""
    link = PREFIX + secrets.token_urlsafe(32)
    await conn.execute(_REPLACE, {"official": official, "at": at})
    values = {"hash": tokens.digest(link), "official": official}
    await conn.execute(_ISSUE, values | {"at": at, "expires_at": at + LASTS})
    return link


async def look(conn: AsyncConnection[Any], link: str, at: datetime) -> Invited:
    """Whom the link is for, without using it up; raises `LinkRefusedError`."""
    return await _one(conn, _LOOK, link, at)


async def use(conn: AsyncConnection[Any], link: str, at: datetime) -> Invited:
    """Use the link up; of several who try at once one succeeds.

    Raises `LinkRefusedError`.
    """
    return await _one(conn, _USE, link, at)


async def sweep(conn: AsyncConnection[Any], at: datetime) -> None:
    """Drop the lines of links of long ago."""
    await conn.execute(_SWEEP, {"before": at - KEPT_FOR})


async def _one(
    conn: AsyncConnection[Any], statement: LiteralString, link: str, at: datetime
) -> Invited:
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(statement, {"hash": tokens.digest(link), "at": at})
        row = await cursor.fetchone()
    if row is None:
        raise LinkRefusedError
    return msgspec.convert(row, Invited)
