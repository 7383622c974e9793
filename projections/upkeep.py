"""Sees to it that every view has a copy that serves, before a projector follows."""

from collections.abc import Sequence

import structlog

from application import named_sql
from application.register import Connection
from projections import copies, view_marks
from projections.copies import Copy
from projections.view import View

log = structlog.get_logger(__name__)

_SQL = named_sql.load(__file__)
_LOCK = _SQL["lock"]
_FORGET_PARKED = _SQL["forget_parked"]


async def prepare(connection: Connection, views: Sequence[View]) -> None:
    """Make the copies that are missing; the connection is the owner's."""
    async with connection.transaction():
        await connection.execute(_LOCK)
        found = await view_marks.positions(connection)
        serving = [Copy.serving(view) for view in views]
        places = {found.get(copy.schema) for copy in serving}
        if places != {None} and len(places) == 1:
            return
        for copy in serving:
            await start_anew(connection, copy)
    log.info("views_start_anew", views=[view.name for view in views])


async def start_anew(connection: Connection, copy: Copy) -> None:
    """Empty a copy that serves; the projector fills it from the beginning."""
    async with connection.transaction():
        await copies.drop(connection, copy)
        await copies.create(connection, copy)
        await copies.index(connection, copy)
        await connection.execute(_FORGET_PARKED, {"schema": copy.schema})
        await view_marks.keep(connection, copy, 0)
