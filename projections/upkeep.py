"""Brings the views' tables in line with the code that fills them."""

from collections.abc import Sequence

import structlog

from application import marks, named_sql
from application.register import Connection
from projections.view import View

log = structlog.get_logger(__name__)

_SQL = named_sql.load(__file__)
_LOCK = _SQL["lock"]
_VERSIONS = _SQL["versions"]
_KEEP_VERSION = _SQL["keep_version"]
_FORGET_PARKED = _SQL["forget_parked"]


class NewerViewError(Exception):
    """A later release has filled a view; this one would spoil it."""

    def __init__(self, view: str) -> None:
        super().__init__(f"the view {view!r} was filled by a later release")
        self.view = view


async def prepare(connection: Connection, mark: str, views: Sequence[View]) -> None:
    """Empty all views and set the mark back if one of them is new or has changed.

    They share a mark, so they start together; what was parked gets another try.
    Raises NewerViewError.
    """
    async with connection.transaction():
        await connection.execute(_LOCK)
        cursor = await connection.execute(_VERSIONS)
        found: dict[str, int] = dict(await cursor.fetchall())
        for view in views:
            if found.get(view.name, 0) > view.version:
                raise NewerViewError(view.name)
        changed = [view.name for view in views if found.get(view.name) != view.version]
        if changed:
            await rebuild(connection, mark, views)
            log.info("views_start_anew", views=changed)


async def rebuild(connection: Connection, mark: str, views: Sequence[View]) -> None:
    """Empty the views; who follows under that mark fills them from the beginning."""
    async with connection.transaction():
        # The mark first, as the projector does: its page is finished before.
        await marks.rewind(connection, mark)
        for view in views:
            await connection.execute(view.empty)
            await connection.execute(_FORGET_PARKED, {"view": view.name})
            await connection.execute(
                _KEEP_VERSION, {"name": view.name, "version": view.version}
            )
