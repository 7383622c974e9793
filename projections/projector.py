"""Keeps every view up to date from the register's tail; any number may run at once.

An entry that a view can't take is parked for that view with the later ones of its
history, loudly, and everything else goes on.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack

import structlog
from psycopg import AsyncConnection
from psycopg.errors import UndefinedTable

from application import named_sql
from application.entries import Line
from application.follow import Follower, Progress
from application.marks import AnotherFollowerError
from application.register import Connection
from application.stopping import stopped_within
from projections import copies, upkeep
from projections.copies import Copy
from projections.page import Page
from projections.view import CHANNEL, View
from projections.view_marks import ApartError, ViewMarks
from projections.views import VIEWS

log = structlog.get_logger(__name__)

_SQL = named_sql.load(__file__)
_TAKE_ROLE = _SQL["take_role"]
_ANNOUNCE = _SQL["announce"]

NAME = "projector"
"""Of the process, as the database's administrator sees it."""

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

    A lost database is waited for.
    """
    serving = [Copy.serving(view) for view in views]
    marks = ViewMarks(serving)

    async def connect() -> Connection:
        async with AsyncExitStack() as failing:
            connection = await AsyncConnection.connect(
                url, autocommit=True, application_name=NAME
            )
            failing.push_async_callback(connection.close)
            await upkeep.prepare(url, connection, views, stop)
            await copies.look_in(connection, serving)
            await connection.execute(_TAKE_ROLE)
            failing.pop_all()
        return connection

    async def handle(connection: Connection, lines: Sequence[Line]) -> None:
        await project(connection, serving, lines)

    while not stop.is_set():
        follower = Follower(
            NAME,
            connect,
            handle,
            mark=marks,
            idle=marks.look,
            page_size=page_size,
            told=told,
        )
        try:
            await follower.run(stop)
        except AnotherFollowerError:
            log.info("projector_stands_by", retry_after=STANDBY)
            await stopped_within(STANDBY, stop)
        except ApartError:
            # Somebody switched a copy in meanwhile, or a filling was told to stop.
            log.info("views_apart")
        except UndefinedTable as fault:
            # A copy was dropped under our hands: look for what there is, as at a start.
            log.warning("view_gone", exc_info=fault)
            await stopped_within(STANDBY, stop)


async def project(
    connection: Connection, serving: Sequence[Copy], lines: Sequence[Line]
) -> None:
    """Fold a page into every view, within the transaction that moves the marks."""
    page = Page(lines)
    for copy in serving:
        await page.fold_into(connection, copy)
    await page.keep_parked(connection)
    await connection.execute(
        _ANNOUNCE,
        {
            "channel": CHANNEL,
            "schemas": [copy.schema for copy in serving],
            "position": lines[-1].position,
        },
        prepare=True,
    )
