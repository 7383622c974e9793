"""An official of one agency learns nothing of another's, whatever he asks and how."""

import pytest

from domain.values import Role
from tests import house
from tests.authority import leaking, matters
from tests.authority.staffing import PLACES, official
from tests.interfaces.http.conftest import projecting_for, until_projected
from tests.open_counter import open_counter
from tests.staff import BIRO, BPPD, Place


@pytest.fixture(scope="session")
def cursors(prepared):
    return leaking.places(prepared[BIRO])


@pytest.mark.parametrize("role", Role)
def test_nothing_of_another_agency_is_told(staffed, prepared, cursors, role):
    caller = staffed[official(role, BPPD)]
    assert leaking.leaks(caller, prepared[BIRO], cursors, BPPD) == []


def test_the_search_finds_what_membership_in_both_agencies_shows(
    server_url, template, tmp_path
):
    """The control: who belongs to both is told, and the same search must see it."""
    both = Place(official(Role.AGENCY_HEAD, BPPD), BIRO, (Role.AGENCY_HEAD,))
    with (
        house.fresh(server_url, of=template) as database_url,
        open_counter(database_url, tmp_path, (*PLACES, both)) as opened,
        projecting_for(opened),
    ):
        of = matters.Matters(opened, BIRO)
        until_projected(opened)
        found = leaking.leaks(opened[both.id], of, leaking.places(of), BPPD)
    told_by = {leak.operation for leak in found}
    assert {"ReadCase", "ReadHistory", "/v1/cases", "/v1/audit"} <= told_by
    assert len(found) > 100
