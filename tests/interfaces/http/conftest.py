"""One open counter for the whole run; its officials are those of tests/staff.py."""

from collections.abc import Iterator

import pytest

from tests import house
from tests.open_counter import OpenCounter, open_counter


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
