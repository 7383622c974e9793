"""What a token of ours stands on: it falls with the password, and with the session."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
from psycopg import AsyncConnection

from application import named_sql
from domain.values import OfficialId

_SQL = named_sql.load(__file__)
_STANDS = _SQL["stands"]

_BEGINNING: Final = datetime.fromtimestamp(0, UTC)
_STEP: Final = timedelta(microseconds=1)


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """By what its bearer was let in."""

    session: UUID | None = None
    """In which the token was taken; None where it was given without one."""
    password_set_at: datetime | None = None
    """Since when his password was what it was then; None where he had none."""

    def mark(self) -> int | None:
        """Another number for every password, which tells nothing of it."""
        if self.password_set_at is None:
            return None
        return (self.password_set_at - _BEGINNING) // _STEP


def set_at(mark: int) -> datetime:
    """When the password of that mark was set; raises OverflowError."""
    return _BEGINNING + mark * _STEP


async def stands(conn: AsyncConnection[Any], official: OfficialId, on: Basis) -> bool:
    """Whether he has the same password still, and the session has not been ended."""
    values = {"session": on.session, "password_set_at": on.password_set_at}
    cursor = await conn.execute(_STANDS, values | {"official": official})
    row = await cursor.fetchone()
    return row is not None and row[0]
