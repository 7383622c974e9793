"""Where the figures of a report stand: the views as they serve, or as they were."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from uuid import UUID

import msgspec

from application import named_sql, register
from application.entries import Line
from application.register import Connection
from projections import copies, view_marks
from projections.cases import CasesView
from projections.complaints import ComplaintsView
from projections.copies import Copy
from projections.objections import ObjectionsView
from projections.page import Page
from projections.registers.moment import at_one_moment
from projections.view import View

_SQL = named_sql.load(__file__)
_LEFT_OUT = _SQL["left_out"]
_ANALYZE = _SQL["analyze"]

VIEWS: Final[tuple[View, ...]] = (CasesView(), ComplaintsView(), ObjectionsView())
"""Those that the figures are counted in."""

_TEMPORARY: Final = "pg_temp"
"""The schema of PostgreSQL's that only this connection sees."""
_PAGE: Final = 2000


class Stand(msgspec.Struct, frozen=True):
    """Where the views stand that are read."""

    position: int
    """Of the register; all of them hold what is recorded up to it."""
    left_out: int
    """Entries that they could not take, and what followed in their histories."""


class NoViewsError(Exception):
    """No projector has made these views yet."""


class NotSoFarError(Exception):
    """The register does not reach that position."""

    def __init__(self, head: int) -> None:
        super().__init__(f"the register ends at {head}")
        self.head = head


@asynccontextmanager
async def as_they_serve(connection: Connection) -> AsyncIterator[Stand]:
    """Read the copies that serve, as one commit left them behind.

    The connection looks in them and is in no transaction. Raises NoViewsError.
    """
    schemas = [Copy.serving(view).schema for view in VIEWS]
    async with at_one_moment(connection):
        marks = await view_marks.positions(connection)
        places = {marks.get(schema) for schema in schemas}
        place = places.pop() if len(places) == 1 else None
        if place is None:
            raise NoViewsError
        cursor = await connection.execute(_LEFT_OUT, {"schemas": schemas})
        row = await cursor.fetchone()
        assert row is not None
        yield Stand(place, row[0])


@asynccontextmanager
async def as_they_were(connection: Connection, position: int) -> AsyncIterator[Stand]:
    """Read the views as the register makes them up to a position.

    They are folded anew into tables that only this connection sees, and leave nothing
    behind; the connection is the owner's. Raises NotSoFarError.
    """
    head = await register.head(connection)
    if position > head:
        raise NotSoFarError(head)
    async with connection.transaction(force_rollback=True):
        past = [_Past(Copy(view, _TEMPORARY)) for view in VIEWS]
        await copies.look_in(connection, [each.copy for each in past])
        for each in past:
            await connection.execute(each.copy.view.create)
        await _fold(connection, past, position)
        for each in past:
            await connection.execute(each.copy.view.index)
        await connection.execute(_ANALYZE)
        left_out = set[int]().union(*(each.left_out for each in past))
        yield Stand(position, len(left_out))


async def _fold(connection: Connection, past: list["_Past"], position: int) -> None:
    at = 0
    while at < position:
        lines = await register.page_after(connection, at, _PAGE)
        known = [line for line in lines if line.position <= position]
        if not known:
            return
        page = Page(known)
        for each in past:
            await each.fold(connection, page)
        at = known[-1].position


class _Past:
    """A copy of the past, and what it could not take.

    That is not parked as the projector would: what serves lacks it too and operators
    know, or is taken by it since, and a question about the past is no alarm.
    """

    def __init__(self, copy: Copy) -> None:
        self.copy = copy
        self.left_out: set[int] = set()
        self._behind: set[UUID] = set()

    async def fold(self, connection: Connection, page: Page) -> None:
        if self._behind:
            page = Page([line for line in page.lines if self._takes(line)])
        await page.fold_into(connection, self.copy)
        for parked in page.parked:
            if parked.copy is self.copy:
                self.left_out.add(parked.line.position)
                self._behind.add(parked.line.stream)

    def _takes(self, line: Line) -> bool:
        """Not what comes behind an entry that it lacks."""
        if line.stream not in self._behind:
            return True
        self.left_out.add(line.position)
        return False
