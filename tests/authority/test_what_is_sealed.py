"""Who reads what was asked, and by whom: by role, and by how secret the case is."""

import pytest

from domain.values import Role
from tests.authority import oracle
from tests.authority.staffing import official
from tests.staff import BIRO

READERS = sorted(oracle.READERS)


def told(staffed, case: str, what: str) -> set[Role]:
    """The roles whose official is told it."""
    found = set()
    for role in READERS:
        answer = staffed[official(role, BIRO)].get(f"/v1/cases/{case}")
        assert answer.status_code == 200, role
        if answer.json()[what] is not None:
            found.add(role)
    return found


@pytest.mark.parametrize(
    ("which", "words", "requester"),
    [
        ("ordinary", oracle.WORDS, oracle.REQUESTER),
        ("secret", oracle.SECRET_WORDS, oracle.SECRET_REQUESTER),
    ],
)
def test_words_and_requester_are_for_these_roles(
    staffed, prepared, which, words, requester
):
    case = getattr(prepared[BIRO], which)
    assert told(staffed, case, "subject") == words
    assert told(staffed, case, "requester") == requester
