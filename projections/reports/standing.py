"""Where the figures of a report stand: the views as they serve, or as they were."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final, TypeVar

from application import named_sql, register
from application.register import Connection
from projections import copies, view_marks
from projections.cases import CasesView
from projections.complaints import ComplaintsView
from projections.copies import Copy
from projections.objections import ObjectionsView
from projections.page import Page
from projections.view import View

T = TypeVar("T")

_SQL = named_sql.load(__file__)
_AT_ONE_POSITION = _SQL["at_one_position"]
_TABLES = _SQL["tables"]

VIEWS: Final[tuple[View, ...]] = (CasesView(), ComplaintsView(), ObjectionsView())
"""Those that the figures are counted in."""

_TEMPORARY: Final = "pg_temp"
"""The schema of PostgreSQL's that only this connection sees."""
_PAGE: Final = 2000


class NoViewsError(Exception):
    """No projector has made these views yet."""


class NotSoFarError(Exception):
    """The register does not reach that position."""

    def __init__(self, head: int) -> None:
        super().__init__(f"the register ends at {head}")
        self.head = head


async def as_they_serve(
    connection: Connection, read: Callable[[], Awaitable[T]]
) -> tuple[int, T]:
    """What is read of the copies that serve, and the one position that it is of.

    The connection looks in them and is in no transaction. Raises NoViewsError.
    """
    while True:
        tables = await _tables(connection)
        async with connection.transaction():
            await connection.execute(_AT_ONE_POSITION)
            marks = await view_marks.positions(connection)
            places = {marks.get(Copy.serving(view).schema) for view in VIEWS}
            place = places.pop() if len(places) == 1 else None
            if place is None or None in tables:
                raise NoViewsError
            found = await read()
        if await _tables(connection) == tables:
            return place, found
        # Another copy began to serve meanwhile, and may be filled later than we see.


async def _tables(connection: Connection) -> list[int | None]:
    """Which tables the views' names mean at present."""
    cursor = await connection.execute(_TABLES)
    row = await cursor.fetchone()
    assert row is not None
    return list(row)


@asynccontextmanager
async def as_they_were(connection: Connection, position: int) -> AsyncIterator[int]:
    """Read the views as the register makes them up to a position, which is given.

    They are folded anew into tables that only this connection sees, and leave nothing
    behind; the connection is the owner's. Raises NotSoFarError.
    """
    head = await register.head(connection)
    if position > head:
        raise NotSoFarError(head)
    async with connection.transaction(force_rollback=True):
        past = [Copy(view, _TEMPORARY) for view in VIEWS]
        await copies.look_in(connection, past)
        for copy in past:
            await connection.execute(copy.view.create)
        await _fold(connection, past, position)
        for copy in past:
            await connection.execute(copy.view.index)
        await connection.execute("analyze cases")
        yield position


async def _fold(connection: Connection, past: list[Copy], position: int) -> None:
    at = 0
    while at < position:
        lines = await register.page_after(connection, at, _PAGE)
        known = [line for line in lines if line.position <= position]
        if not known:
            return
        page = Page(known)
        for copy in past:
            await page.fold_into(connection, copy)
        # What serves could not take them either; this is rolled back with the rest.
        await page.keep_parked(connection)
        at = known[-1].position
