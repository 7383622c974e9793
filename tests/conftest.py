"""What every test may ask for: above the domain, a real PostgreSQL database."""

import signal
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any, TypeAlias

import psycopg
import pytest
import structlog
from hypothesis import settings

from projections import copies
from projections.views import SERVING
from tests import house

# How long an example took says nothing on two busy cores; figures are the benches'.
# The same code draws the same examples, so that what a change breaks is told apart from
# what nobody had come across. Others each time, ten times as many, are drawn by
# `./disposisi test --hypothesis-profile=wandering --timeout=3600 tests/domain`.
settings.register_profile("disposisi", deadline=None, derandomize=True)
settings.register_profile("wandering", deadline=None, max_examples=1_000)
settings.load_profile("disposisi")

Connection: TypeAlias = psycopg.AsyncConnection[tuple[Any, ...]]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Run coroutine tests on asyncio, as the server does."""
    return "asyncio"


@pytest.fixture(scope="session", autouse=True)
def ctrl_c() -> Iterator[None]:
    """Let commands take Ctrl-C as at a terminal, wherever the tests were started from.

    A shell lets what it starts in the background ignore it, and children inherit that;
    what is caught, though to no end, they do not.
    """
    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN:
        signal.signal(signal.SIGINT, lambda _number, _frame: None)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session", autouse=True)
def operators_log() -> None:
    """Send logs to the run's own standard error, whatever stands in its place later.

    A worker in a thread of the tests' process may log a moment after its answer: that
    line must not stand in what a command prints, and a test reads, just then.
    """
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """Give a superuser's URL of the run's own PostgreSQL server."""
    with house.fleeting() as url:
        yield url


@pytest.fixture(scope="session")
def template(server_url: str) -> Iterator[str]:
    """Give the name of a database with every migration applied; never connect to it."""
    with house.template(server_url) as name:
        yield name


@pytest.fixture
def database_url(server_url: str, template: str) -> Iterator[str]:
    """Give a database of the test's own, migrated and empty."""
    with house.fresh(server_url, of=template) as url:
        yield url


@pytest.fixture
def url_without_views(server_url: str) -> Iterator[str]:
    """Give a migrated database to which no projector has come yet."""
    with house.without_views(server_url) as url:
        yield url


@pytest.fixture
async def owner(database_url: str) -> AsyncIterator[Connection]:
    """Give a connection as the database's owner, who may do anything in it."""
    async with await psycopg.AsyncConnection.connect(
        database_url, autocommit=True
    ) as connection:
        yield connection


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Connection]:
    """Give a connection in the role that the running program takes."""
    async with await psycopg.AsyncConnection.connect(
        database_url, autocommit=True
    ) as connection:
        await copies.look_in(connection, SERVING)
        await connection.execute("set role disposisi_desk")
        yield connection
