"""What was done to accounts, by whom: kept for good, for whoever audits administrators.

Nothing here is about a case, and no secret ever stands in it.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import msgspec
from psycopg import AsyncConnection
from psycopg.rows import dict_row

from application import named_sql
from application.discretion import discreet
from domain.values import AgencyCode, OfficialId, Role

_SQL = named_sql.load(__file__)
_NOTE = _SQL["note"]
_NOTE_PAUSE = _SQL["note_pause"]
_PAGE = _SQL["page"]

OPERATOR: Final = None
"""Who acts from the command line, on the machine itself."""


class What(StrEnum):
    """What was done; a word is never used again for anything else."""

    OFFICIAL_ADDED = "official-added"
    OFFICIAL_DISABLED = "official-disabled"
    INVITED = "invited"
    PASSWORD_SET = "password-set"  # noqa: S105 - a word, no secret
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - the same
    SIGNED_IN = "signed-in"
    PAUSED = "paused"
    """Too many wrong tries."""
    UNLOCKED = "unlocked"
    SESSION_ENDED = "session-ended"
    TOKEN_ISSUED = "token-issued"  # noqa: S105 - the same
    TOKENS_REVOKED = "tokens-revoked"


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which acts are asked for; None is no matter."""

    official: OfficialId | None = None
    """Whose account they are about."""
    what: What | None = None
    since: datetime | None = None
    until: datetime | None = None
    """Exclusive."""


EVERYTHING: Final = Wanted()


class AccountEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One act, as auditors read it."""

    position: int
    at: datetime
    by: OfficialId | None
    """None is the operator at the command line, or the program itself."""
    what: What
    official: OfficialId
    """Whose account it is about."""
    agencies: tuple[AgencyCode, ...]
    """Those that it concerns, of which the reader may know."""
    roles: tuple[Role, ...]
    scopes: tuple[str, ...]


async def note(
    conn: AsyncConnection[Any],
    what: What,
    official: OfficialId,
    at: datetime,
    by: OfficialId | None,
    *,
    agencies: Sequence[AgencyCode] | None = None,
    roles: Sequence[Role] = (),
    scopes: Sequence[str] = (),
) -> None:
    """Write an act down, in the transaction that carries it out.

    `agencies` are those that it concerns; None is each in which he is in office.
    """
    with discreet():
        await conn.execute(
            _NOTE,
            {
                "what": what,
                "official": official,
                "at": at,
                "by": by,
                "agencies": None if agencies is None else list(agencies),
                "roles": list(roles),
                "scopes": list(scopes),
            },
        )


async def note_pause(
    conn: AsyncConnection[Any], given: OfficialId, at: datetime
) -> None:
    """Write down that a name is paused, if it is somebody's in office.

    The same is asked of the database for every name, so that the time it takes tells
    nobody who has an account.
    """
    with discreet():
        values = {"what": What.PAUSED, "official": given, "at": at}
        await conn.execute(_NOTE_PAUSE, values)


async def page(
    conn: AsyncConnection[Any],
    agencies: Sequence[AgencyCode] | None,
    before: int | None,
    limit: int,
    wanted: Wanted = EVERYTHING,
) -> list[AccountEvent]:
    """The latest acts that concern these agencies, the newest first.

    Without agencies those of all, which are the operator's to see. `before` is the
    position at which an earlier page ended.
    """
    of = None if agencies is None else list(agencies)
    asked = msgspec.structs.asdict(wanted) | {"before": before, "limit": limit}
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_PAGE, asked | {"agencies": of})
        return msgspec.convert(await cursor.fetchall(), list[AccountEvent])
