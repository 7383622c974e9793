"""How a scrape asks the database: as a reader, on a connection of its own, for so long.

None is lost when nobody looks, and a database that is away is told by silence.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import CancelledError
from typing import Final, TypeVar

import psycopg

from application.register import Connection
from interfaces.metrics.watch import Watch
from projections import lag

PATIENCE: Final = 2.0
"""Seconds until a database that says nothing counts as lost; tools wait for ten."""

T = TypeVar("T")


def asked(
    watch: Watch,
    loop: asyncio.AbstractEventLoop,
    question: Callable[[Connection], Awaitable[T]],
) -> T | None:
    """Ask on the loop, from a scrape's thread; None where nobody answers in time."""
    database = watch.notice.database
    if not database:
        return None
    asking = asyncio.run_coroutine_threadsafe(_answer(database, question), loop)
    try:
        return asking.result(PATIENCE)
    except (TimeoutError, CancelledError, psycopg.Error):
        return None
    finally:
        asking.cancel()


async def _answer(database: str, question: Callable[[Connection], Awaitable[T]]) -> T:
    async with await psycopg.AsyncConnection.connect(
        database, autocommit=True, application_name="disposisi-metrics"
    ) as connection:
        await lag.take_role(connection)
        return await question(connection)
