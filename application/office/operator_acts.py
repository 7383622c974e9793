"""The log of operators: who changed something of the office at the command line.

It names users of the operating system and never an official as the one who acted.
"""

from datetime import datetime
from typing import Any

import msgspec
from psycopg import AsyncConnection
from psycopg.rows import class_row

from application import named_sql

_SQL = named_sql.load(__file__)
_NOTE = _SQL["note"]
_EVERYTHING = _SQL["everything"]


class OperatorAct(msgspec.Struct, frozen=True):
    """One command that changed something."""

    at: datetime
    os_user: str
    command: str
    job: str
    """The row of the table of jobs that allows it."""
    about: str
    """An id, a code or a file's name; never a person's."""


async def note(conn: AsyncConnection[Any], act: OperatorAct) -> None:
    """Write it down, in the transaction of what was done where there is one."""
    await conn.execute(_NOTE, msgspec.structs.asdict(act))


async def everything(conn: AsyncConnection[Any]) -> list[OperatorAct]:
    """All of them, the oldest first."""
    async with conn.cursor(row_factory=class_row(OperatorAct)) as cursor:
        await cursor.execute(_EVERYTHING)
        return await cursor.fetchall()
