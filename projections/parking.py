"""Entries that views could not take: they are told, and tried again on demand."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from application import named_sql
from application.entries import Line
from application.register import Connection
from projections import copies, view_marks
from projections.copies import Copy
from projections.page import Page

_SQL = named_sql.load(__file__)
_PARKED = _SQL["parked"]
_TAKE_OVER = _SQL["take_over"]
_FORGET = _SQL["forget"]
_LINES = _SQL["lines"]

PAGE_SIZE = 2_000
"""Lines that are tried at once."""

_RETRIED = "retried"


class ParkedEntry(msgspec.Struct, frozen=True):
    """An entry that a view lacks."""

    view: str
    case: UUID
    """The history: of a case, a complaint, an objection or a visit."""
    version: int
    position: int
    type: str
    """The event's tag."""
    error: str
    """Its name; `BehindParked` where the one before it is parked."""
    since: datetime


async def parked(connection: Connection, serving: Sequence[Copy]) -> list[ParkedEntry]:
    """All that these copies lack, view by view in the register's order."""
    names = {copy.schema: copy.view.name for copy in serving}
    cursor = await connection.execute(_PARKED, {"schemas": list(names)})
    return [
        ParkedEntry(names[schema], *told) for schema, *told in await cursor.fetchall()
    ]


async def retry(connection: Connection, serving: Sequence[Copy]) -> int:
    """Fold what is parked again; answers how many entries were tried.

    What still can't be taken is parked anew. The projector waits meanwhile.
    """
    tried = 0
    async with connection.transaction():
        await view_marks.stand_still(connection, serving)
        await copies.look_in(connection, serving)
        for copy in serving:
            tried += await _retry_in(connection, copy)
    return tried


async def _retry_in(connection: Connection, copy: Copy) -> int:
    """Page by page, history by history: it may be the whole register."""
    tried = 0
    async with connection.cursor(name=_RETRIED) as cursor:
        # It gives what was parked when it was opened, whatever is parked since.
        await cursor.execute(_LINES, {"schema": copy.schema})
        await forget(connection, copy)
        while told := await cursor.fetchmany(PAGE_SIZE):
            page = Page([Line(*each) for each in told])
            await page.fold_into(connection, copy)
            await page.keep_parked(connection)
            tried += len(told)
    return tried


async def take_over(connection: Connection, copy: Copy, old: Copy) -> None:
    """What `old` lacks, `copy` lacks from now on, and nothing else."""
    await forget(connection, copy)
    await connection.execute(_TAKE_OVER, {"old": old.schema, "new": copy.schema})


async def forget(connection: Connection, copy: Copy) -> None:
    """Forget what a copy lacks."""
    await connection.execute(_FORGET, {"schema": copy.schema})
