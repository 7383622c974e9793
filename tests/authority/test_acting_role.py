"""An official of several roles acts in the one that he says, or in the one that serves.

The register says in which it was, and by which row of the table.
"""

import psycopg
import pytest

from application.office import authority
from tests.authority.staffing import TWOFOLD
from tests.interfaces.http import forms
from tests.staff import BIRO

ENTERED = """
select metadata ->> 'official', metadata ->> 'role', metadata ->> 'rule'
  from register
 where originator_id = %s
 order by originator_version
 limit 1
"""


@pytest.fixture
def entered(staffed):
    """How the first entry of what was just told says who did it, by which row."""
    rows = {row.id: row for row in authority.load().table()}

    def by_whom(told, kind: str) -> str:
        assert told.status_code == 201, told.text
        with psycopg.connect(staffed.database_url) as connection:
            entry = connection.execute(ENTERED, (told.json()[kind],)).fetchone()
        assert entry is not None
        official, role, rule = entry
        assert official == TWOFOLD
        assert role in rows[rule].roles
        return str(role)

    return by_whom


@pytest.mark.parametrize("role", ["receptionist", "letter_clerk"])
def test_the_role_that_was_said_is_the_one_he_acts_in(staffed, entered, role):
    form = forms.complaint(BIRO) | {"role": role}
    told = staffed[TWOFOLD].post("/v1/complaints", form)
    assert entered(told, "complaint") == role


@pytest.mark.parametrize(
    ("make", "role"), [(forms.visit, "receptionist"), (forms.letter, "letter_clerk")]
)
def test_where_none_was_said_it_is_the_one_that_the_act_belongs_to(
    staffed, entered, make, role
):
    told = staffed[TWOFOLD].post("/v1/cases", make(BIRO))
    assert entered(told, "case") == role


def test_where_none_was_said_and_either_serves_it_is_his_first(staffed, entered):
    told = staffed[TWOFOLD].post("/v1/complaints", forms.complaint(BIRO))
    assert entered(told, "complaint") == "receptionist"


@pytest.mark.parametrize(
    ("make", "role"),
    [
        (forms.complaint, "lapor_liaison"),  # Another's may do it; he is none.
        (forms.letter, "receptionist"),  # He is one, and that may not.
    ],
)
def test_in_a_role_that_he_has_not_or_that_does_not_serve_he_may_not(
    staffed, make, role
):
    path = "/v1/complaints" if make is forms.complaint else "/v1/cases"
    told = staffed[TWOFOLD].post(path, make(BIRO) | {"role": role})
    assert (told.status_code, told.json()["code"]) == (403, "forbidden")
