"""One open counter for the whole run; its officials are those of tests/staff.py."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
import uvloop

from projections import projector
from tests import house
from tests.open_counter import OpenCounter, open_counter
from tests.projections.projecting import caught_up


@pytest.fixture(scope="session")
def counter(
    server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenCounter]:
    """A web worker on its own database; tests share it and make their own cases."""
    with (
        house.fresh(server_url, of=template) as database_url,
        open_counter(database_url, tmp_path_factory.mktemp("data")) as opened,
    ):
        yield opened


@pytest.fixture(scope="module")
def projecting(counter: OpenCounter) -> Iterator[None]:
    """A projector at work on the counter's database."""
    with projecting_for(counter):
        yield


@contextmanager
def projecting_for(counter: OpenCounter) -> Iterator[None]:
    """Run a projector on a counter's database, in a thread of its own."""
    stop, loop = asyncio.Event(), uvloop.new_event_loop()
    work = projector.run(counter.database_url, stop)
    thread = threading.Thread(target=loop.run_until_complete, args=(work,))
    thread.start()
    yield
    loop.call_soon_threadsafe(stop.set)
    thread.join()
    loop.close()


def until_projected(counter: OpenCounter) -> None:
    """Wait until every view holds all that was recorded up to now."""

    async def wait() -> None:
        async with await psycopg.AsyncConnection.connect(
            counter.database_url, autocommit=True
        ) as connection:
            await caught_up(connection)

    asyncio.run(wait())
