"""Lets copies that were filled beside others serve in their place.

No read fails: who has begun to read the old tables finishes with them, and whoever
asks next finds the new ones under the same names.
"""

from collections.abc import Iterator
from typing import Final

import psycopg
import structlog

from application import named_sql
from application.register import Connection
from projections import copies, parking, rebuilds, view_marks
from projections.copies import Copy
from projections.filling import Filling
from projections.view import CHANNEL

log = structlog.get_logger(__name__)

_SQL = named_sql.load(__file__)
_ANNOUNCE = _SQL["announce"]
_BE_PATIENT = _SQL["be_patient"]

FIRST_PAUSE: Final = 1.0
LAST_PAUSE: Final = 16.0
"""Seconds between attempts while somebody holds the copies that serve; doubled each
time, for whoever asks during an attempt queues behind it."""


def pauses() -> Iterator[float]:
    """How long to rest after each attempt that failed."""
    pause = FIRST_PAUSE
    while True:
        yield pause
        pause = min(2 * pause, LAST_PAUSE)


async def target(connection: Connection, filling: Filling) -> int | None:
    """Where those are that it is to replace; None if none of them serves yet."""
    found = await view_marks.positions(connection)
    serving = [Copy.serving(copy.view).schema for copy in filling.copies]
    return max((found[schema] for schema in serving if schema in found), default=None)


async def come_near(connection: Connection, filling: Filling) -> None:
    """Follow while others work, until less than a page is left of the way.

    Before everybody is halted: that page is all they wait for.
    """
    while True:
        upto, at = await target(connection, filling), filling.position
        if upto is None or upto - at < filling.page_size:
            return
        await filling.follow(connection, upto)
        if filling.position == at:
            return  # Positions have holes; no line is left.


async def switch(connection: Connection, filling: Filling) -> int:
    """Bring the copies to where the serving ones are, and let them serve.

    Answers the position; waits while somebody holds the copies, and follows meanwhile.
    """
    for pause in pauses():
        await come_near(connection, filling)
        filling.tell("switching")
        before = filling.state
        try:
            async with connection.transaction():
                await view_marks.halt(connection)
                position = await _catch_up(connection, filling)
                for copy in filling.copies:
                    await _take_place(connection, copy, position)
        except psycopg.errors.LockNotAvailable:
            filling.state = before
            await filling.rest(pause)
        else:
            break
    for copy in filling.copies:
        await do_away(connection, Copy.replaced(copy.view))
    return position


async def do_away(connection: Connection, copy: Copy) -> bool:
    """Drop a copy, and forget it, when its last readers are gone; or leave it whole.

    Its mark goes first, as in a projector's page: who moves it finds no mark before he
    could find no table.
    """
    try:
        async with connection.transaction():
            await connection.execute(_BE_PATIENT)
            await view_marks.forget(connection, copy)
            await rebuilds.forget(connection, copy)
            await parking.forget(connection, copy)
            await copies.drop(connection, copy)
    except psycopg.errors.LockNotAvailable:
        log.warning("copy_still_read", schema=copy.schema)
        return False
    return True


async def _catch_up(connection: Connection, filling: Filling) -> int:
    upto = await target(connection, filling)
    if upto is None:
        return filling.position
    await copies.look_in(connection, filling.copies)
    while await filling.fold_next(connection, upto):
        pass
    return max(upto, filling.position)


async def _take_place(connection: Connection, copy: Copy, position: int) -> None:
    serving, replaced = Copy.serving(copy.view), Copy.replaced(copy.view)
    if await copies.exists(connection, serving):
        await copies.drop(connection, replaced)
        await copies.rename(connection, serving, replaced)
    await copies.rename(connection, copy, serving)
    await parking.take_over(connection, serving, copy)
    await view_marks.keep(connection, serving, position)
    await rebuilds.forget(connection, copy)
    where = {"channel": CHANNEL, "schema": serving.schema, "position": position}
    await connection.execute(_ANNOUNCE, where)
