"""What every test may ask for: above the domain, a real PostgreSQL database."""

from collections.abc import Iterator

import pytest

from tests import house


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Run coroutine tests on asyncio, as the server does."""
    return "asyncio"


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """Give a superuser's URL of the run's own PostgreSQL server."""
    with house.server() as url:
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
