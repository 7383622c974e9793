"""Lets copies that were filled beside others serve in their place.

No read fails: who has begun to read the old tables finishes with them, and whoever
asks next finds the new ones under the same names.
"""

import asyncio

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

PAUSE = 1.0
"""Seconds between attempts while somebody holds the copies that serve."""


async def target(connection: Connection, filling: Filling) -> int | None:
    """Where those are that it is to replace; None if none of them serves yet."""
    found = await view_marks.positions(connection)
    serving = [Copy.serving(copy.view).schema for copy in filling.copies]
    return max((found[schema] for schema in serving if schema in found), default=None)


async def switch(connection: Connection, filling: Filling) -> int:
    """Bring the copies to where the serving ones are, and let them serve.

    Answers the position; waits while somebody holds the copies, and follows meanwhile.
    """
    while True:
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
            await asyncio.sleep(PAUSE)
            filling.go_on()
            if (upto := await target(connection, filling)) is not None:
                await filling.follow(connection, upto)
        else:
            break
    for copy in filling.copies:
        await drop_replaced(connection, Copy.replaced(copy.view))
    return position


async def drop_replaced(connection: Connection, copy: Copy) -> bool:
    """Drop a copy when its last readers are gone, or leave that to the next time."""
    try:
        async with connection.transaction():
            await connection.execute(_BE_PATIENT)
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
    where = {"channel": CHANNEL, "view": copy.view.name, "position": position}
    await connection.execute(_ANNOUNCE, where)
