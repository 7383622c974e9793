"""Where the figures of a report stand: the views as they serve, or as they were."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from application import register
from application.register import Connection
from projections import copies, view_marks
from projections.cases import CasesView
from projections.complaints import ComplaintsView
from projections.copies import Copy
from projections.objections import ObjectionsView
from projections.page import Page
from projections.reports.compliance import AT_ONE_POSITION
from projections.view import View

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


@asynccontextmanager
async def as_they_serve(connection: Connection) -> AsyncIterator[int]:
    """Read the copies that serve, at one position, which is given.

    The connection looks in them and is in no transaction; raises NoViewsError.
    """
    async with connection.transaction():
        await connection.execute(AT_ONE_POSITION)
        marks = await view_marks.positions(connection)
        places = {marks.get(Copy.serving(view).schema) for view in VIEWS}
        place = places.pop() if len(places) == 1 else None
        if place is None:
            raise NoViewsError
        yield place


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
