"""Wrong tries to sign in: after some of them come pauses that grow.

A try counts before the password is compared, so that many at once gain nothing. A
pause ends by itself after `LONGEST` at most, tries in it do not lengthen it, and an
administrator, a link or the command line end it sooner: nobody is shut out for good.

Anybody may knock at the door in another's name. Whoever is let in already and gives his
password again is counted `within`, apart, so that no stranger keeps him from it.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any, Final

from psycopg import AsyncConnection

from application import named_sql
from application.office.account_errors import SignInPausedError
from domain.values import OfficialId

_SQL = named_sql.load(__file__)
_COUNT = _SQL["count"]
_PAUSED_UNTIL = _SQL["paused_until"]
_FORGET = _SQL["forget"]
_SWEEP = _SQL["sweep"]

FREE: Final = 4
"""Wrong tries without a pause after them."""
FIRST: Final = timedelta(seconds=30)
"""The pause after the next one; each further one doubles it."""
LONGEST: Final = timedelta(minutes=15)
FORGOTTEN: Final = timedelta(hours=24)
"""After the last try."""


async def count(
    conn: AsyncConnection[Any], given: str, at: datetime, *, within: bool = False
) -> int:
    """Count a try of this name, before it is looked at; answer which it is.

    Raises `SignInPausedError` in a pause.
    """
    who = _hashed(given, within=within)
    cursor = await conn.execute(
        _COUNT,
        {
            "who": who,
            "at": at,
            "free": FREE,
            "first": FIRST,
            "longest": LONGEST,
            "forgotten": at - FORGOTTEN,
        },
    )
    if row := await cursor.fetchone():
        return int(row[0])
    until = await paused_until(conn, given, within=within)
    raise SignInPausedError(max((until or at) - at, timedelta(seconds=1)))


async def paused_until(
    conn: AsyncConnection[Any], given: str, *, within: bool = False
) -> datetime | None:
    """Until when no try of this name is looked at; it may lie behind us."""
    cursor = await conn.execute(_PAUSED_UNTIL, {"who": _hashed(given, within=within)})
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def forget(
    conn: AsyncConnection[Any], given: str, *, within: bool = False
) -> bool:
    """Begin anew, as after a right password; False where nothing was counted."""
    cursor = await conn.execute(_FORGET, {"who": _hashed(given, within=within)})
    return cursor.rowcount > 0


async def forget_all(conn: AsyncConnection[Any], official: OfficialId) -> bool:
    """The same at the door and within."""
    at_the_door = await forget(conn, official)
    return await forget(conn, official, within=True) or at_the_door


async def sweep(conn: AsyncConnection[Any], at: datetime) -> None:
    """Drop what is forgotten anyway, so that made-up names do not pile up."""
    await conn.execute(_SWEEP, {"forgotten": at - FORGOTTEN})


def _hashed(given: str, *, within: bool) -> bytes:
    # Some people type their password where the name belongs: it must not stand here.
    # No text has the byte before it, so that no name given at the door is one within.
    mark = b"\xff" if within else b""
    return hashlib.sha256(mark + given.encode("utf-8", "surrogatepass")).digest()
