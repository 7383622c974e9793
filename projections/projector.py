"""Keeps every view up to date from the register's tail; any number may run at once.

An entry that a view can't take is parked for that view with the later ones of its
history, loudly, and everything else goes on.
"""

import asyncio
from collections.abc import Callable, Sequence

import structlog
from psycopg import AsyncConnection

from application import named_sql
from application.entries import Line
from application.follow import Follower, Progress
from application.marks import AnotherFollowerError
from application.register import Connection
from projections import upkeep
from projections.cases import CasesView
from projections.page import Page
from projections.view import CHANNEL, View

log = structlog.get_logger(__name__)

_SQL = named_sql.load(__file__)
_TAKE_ROLE = _SQL["take_role"]
_ANNOUNCE = _SQL["announce"]

NAME = "projector"
"""Of the mark that all views share: they are always at the same position."""

VIEWS: tuple[View, ...] = (CasesView(),)

STANDBY = 2.0
"""Seconds until one of two projectors looks whether the other one still works."""


async def run(
    url: str,
    stop: asyncio.Event,
    *,
    views: Sequence[View] = VIEWS,
    page_size: int = 2000,
    told: Callable[[Progress], None] = lambda _: None,
) -> None:
    """Keep the views until `stop` is set; a page begun is finished.

    A lost database is waited for. Raises `upkeep.NewerViewError` where a later
    release has filled these tables.
    """

    async def connect() -> Connection:
        connection = await AsyncConnection.connect(
            url, autocommit=True, application_name=NAME
        )
        try:
            await connection.execute(_TAKE_ROLE)
            await upkeep.prepare(connection, NAME, views)
        except BaseException:
            await connection.close()
            raise
        return connection

    async def handle(connection: Connection, lines: Sequence[Line]) -> None:
        await project(connection, views, lines)

    while not stop.is_set():
        follower = Follower(NAME, connect, handle, page_size=page_size, told=told)
        try:
            await follower.run(stop)
        except AnotherFollowerError:
            log.info("projector_stands_by", retry_after=STANDBY)
            await _wait(stop, STANDBY)


async def project(
    connection: Connection, views: Sequence[View], lines: Sequence[Line]
) -> None:
    """Fold a page into every view, within the transaction that moves the mark."""
    page = Page(lines)
    for view in views:
        await page.fold_into(connection, view)
    await page.keep_parked(connection)
    await connection.execute(
        _ANNOUNCE,
        {
            "channel": CHANNEL,
            "views": [view.name for view in views],
            "position": lines[-1].position,
        },
        prepare=True,
    )


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
