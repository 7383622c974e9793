"""A counter with one official a role in each agency, and the matters of both."""

from collections.abc import Iterator

import pytest

from domain.values import AgencyCode
from tests import house
from tests.authority import matters
from tests.authority.matters import Matters
from tests.authority.staffing import PLACES
from tests.interfaces.http.conftest import projecting_for, until_projected
from tests.open_counter import OpenCounter, open_counter


@pytest.fixture(scope="session")
def staffed(
    server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenCounter]:
    """A web worker and a projector on a database of their own."""
    with (
        house.fresh(server_url, of=template) as database_url,
        open_counter(database_url, tmp_path_factory.mktemp("data"), PLACES) as opened,
        projecting_for(opened),
    ):
        yield opened


@pytest.fixture(scope="session")
def prepared(staffed: OpenCounter) -> dict[AgencyCode, Matters]:
    """A matter of every kind in both agencies."""
    made = matters.of_all(staffed)
    until_projected(staffed)
    return made
