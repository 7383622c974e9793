"""Sees to it that every view has a copy that serves, before a projector follows."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from time import monotonic

import structlog

from application import register
from application.marks import AnotherFollowerError
from application.register import Connection
from projections import copies, rebuilding, rebuilds, switching, view_marks
from projections.copies import Copy
from projections.filling import Progress, StoppedError
from projections.page import Page
from projections.rebuilds import UnderWayError
from projections.view import View
from projections.view_marks import ApartError, ViewMarks

log = structlog.get_logger(__name__)

PAGE_SIZE = 2_000

TELL_EVERY = 5.0
"""Seconds between two lines of the log that say how far a filling is."""


async def prepare(
    url: str, connection: Connection, views: Sequence[View], stop: asyncio.Event
) -> None:
    """Make the copies that are missing, and bring all to one position.

    The connection is the owner's. Told to stop, it ends early, and the next one goes
    on. Raises AnotherFollowerError when somebody else is at it, or when a later
    release has retired these views: they are not made again behind its back.
    """
    missing = await _missing(connection, views)
    for view in missing:
        if await _is_retired(connection, view):
            log.info("later_release_serves", view=view.name, version=view.version)
            raise AnotherFollowerError(view.name)
    try:
        if missing:
            await rebuilding.rebuild(url, missing, told=_Log().tell, stop=stop)
        await _bring_together(connection, [Copy.serving(view) for view in views], stop)
        if await _has_leftovers(connection, views):
            async with rebuilds.turn(connection):
                await _clear_away(connection, views)
    except UnderWayError as fault:
        if missing:
            raise AnotherFollowerError(rebuilding.NAME) from fault
    except StoppedError:
        log.info("filling_stopped")


async def _missing(connection: Connection, views: Sequence[View]) -> list[View]:
    found = await view_marks.positions(connection)
    return [
        view
        for view in views
        if Copy.serving(view).schema not in found
        or not await copies.exists(connection, Copy.serving(view))
    ]


async def _is_retired(connection: Connection, view: View) -> bool:
    """Whether a later version of this view serves."""
    found = await view_marks.positions(connection)
    return any(
        version > view.version and Copy.serving(view, version).schema in found
        for version in await view_marks.versions(connection, view)
    )


async def _bring_together(
    connection: Connection, serving: Sequence[Copy], stop: asyncio.Event
) -> None:
    """Bring those that lag behind to where the furthest one is."""
    found = await view_marks.positions(connection)
    if not all(copy.schema in found for copy in serving):
        raise ApartError  # One was retired just now.
    furthest = max(found[copy.schema] for copy in serving)
    await copies.look_in(connection, serving)
    marks = ViewMarks(serving)
    for position in sorted({found[copy.schema] for copy in serving} - {furthest}):
        behind = [copy for copy in serving if found[copy.schema] == position]
        log.info("views_lag", schemas=[copy.schema for copy in behind])
        async with aclosing(_follow(connection, behind, position, furthest)) as pages:
            async for _ in pages:
                # Those in front are looked after, too, while they wait.
                await marks.look(connection)
                if stop.is_set():
                    raise StoppedError


async def _follow(
    connection: Connection, behind: Sequence[Copy], at: int, upto: int
) -> AsyncGenerator[None]:
    """Fold page after page, up to a position; rest after each."""
    marks = ViewMarks(behind)
    while at < upto:
        lines = await register.page_after(connection, at, PAGE_SIZE)
        page = Page([line for line in lines if line.position <= upto])
        # A mark that was put ahead by hand may stand where no line is.
        last = page.lines[-1].position if page.lines else upto
        async with connection.transaction():
            await marks.move(connection, at, last)
            for copy in behind:
                await page.fold_into(connection, copy)
            await page.keep_parked(connection)
        at = last
        yield


async def _has_leftovers(connection: Connection, views: Sequence[View]) -> bool:
    for view in views:
        versions = await view_marks.versions(connection, view)
        if min(versions) < view.version:
            return True
        if await copies.exists(connection, Copy.replaced(view)):
            return True
    return False


async def _clear_away(connection: Connection, views: Sequence[View]) -> None:
    """Drop what older releases have read, and what a switch has replaced."""
    for view in views:
        await switching.do_away(connection, Copy.replaced(view))
        for version in await view_marks.versions(connection, view):
            if version < view.version:
                await _retire(connection, view, version)


async def _retire(connection: Connection, view: View, version: int) -> None:
    gone = [
        await switching.do_away(connection, which(view, version))
        for which in (Copy.replaced, Copy.beside, Copy.serving)
    ]
    if all(gone):
        log.info("view_retired", view=view.name, version=version)


class _Log:
    """Says now and then how far a filling is."""

    def __init__(self) -> None:
        self._step = ""
        self._at = monotonic()

    def tell(self, progress: Progress) -> None:
        now = monotonic()
        if progress.total and now - self._at >= TELL_EVERY:
            self._at = now
            log.info(
                "views_being_filled",
                views=progress.views,
                step=progress.step,
                done=progress.done,
                lines=progress.total,
            )
