"""A reporter sees figures and no persons: not even the ids that stand for them."""

from collections.abc import Iterator

import httpx
import psycopg
import pytest

from domain.values import Role
from tests.authority import leaking
from tests.authority.asking import NOBODYS, PREPARED
from tests.authority.matters import Matters
from tests.authority.staffing import official
from tests.open_counter import Caller, OpenCounter
from tests.staff import BIRO

PSEUDONYMS = """
select person::text from sealed
 union select encode(sha256(ciphertext), 'hex') from sealed
"""
"""Ids of persons, and digests of what is sealed of them, as events hold both."""


@pytest.fixture(scope="module")
def pseudonyms(staffed: OpenCounter, prepared: dict[str, Matters]) -> set[str]:
    assert prepared[BIRO].person
    with psycopg.connect(staffed.database_url) as connection:
        return {one for (one,) in connection.execute(PSEUDONYMS).fetchall()}


def answers(caller: Caller, of: Matters) -> Iterator[tuple[str, httpx.Response]]:
    """All that can be asked about the agency's matters, as JSON and as CSV."""
    for name, prepare in PREPARED.items():
        for asked in prepare(of):
            if asked.method == "GET":
                yield name, asked.by(caller)
                mark = "&" if "?" in asked.path else "?"
                yield name, caller.send("GET", f"{asked.path}{mark}format=csv")
    for operation, path in leaking.questions(of, {}):
        yield operation, caller.send("GET", path)


def told(caller: Caller, of: Matters, pseudonyms: set[str]) -> dict[str, set[str]]:
    """By operation, what stands for somebody in its answers; but for what was asked."""
    found: dict[str, set[str]] = {}
    for operation, answer in answers(caller, of):
        if answer.is_success:
            said = str(answer.request.url)
            here = {one for one in pseudonyms if one in answer.text and one not in said}
            found.setdefault(operation, set()).update(here)
    return found


def test_a_reporter_is_told_of_nobody_whatever_he_asks(staffed, prepared, pseudonyms):
    of = prepared[BIRO]
    found = told(staffed[official(Role.REPORTER, BIRO)], of, pseudonyms)
    asked = {"ReadCase", "ReadHistory", "ReadObjectionHistory", "ReadDiff"}
    assert asked | {"ReportAnnual", "ListCases"} <= found.keys()
    assert {operation: seen for operation, seen in found.items() if seen} == {}


def test_the_same_walk_finds_what_others_are_told(staffed, prepared, pseudonyms):
    """The control."""
    found = told(staffed[official(Role.PPID, BIRO)], prepared[BIRO], pseudonyms)
    lengths = {len(one) for one in found["ReadHistory"]}
    assert lengths == {len(NOBODYS), 64}, "ids and digests"
    assert found["ReadObjectionHistory"]


@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_he_is_told_of_a_step_is_all_that_names_nobody(staffed, prepared, form):
    path = f"/v1/cases/{prepared[BIRO].ordinary}/history"
    both = [
        staffed[official(role, BIRO)].get(path, format=form).text
        for role in (Role.REPORTER, Role.PPID)
    ]
    for said in ("received", "letter-clerk", "9/Kefamenanu/2026", "calendar"):
        assert [said in one for one in both] == [True, True], said
    for said in ("person", "identity", "words"):
        assert [f'"{said}"' in one.replace('""', '"') for one in both] == [False, True]


def test_of_a_secret_matter_nobody_is_told_to_whom_it_was_not_entrusted(
    staffed, prepared
):
    path = f"/v1/cases/{prepared[BIRO].secret}/history"
    for role, knows in ((Role.RECEPTIONIST, False), (Role.LETTER_CLERK, True)):
        first = staffed[official(role, BIRO)].get(path).json()["items"][0]
        assert ("person" in first["data"]) is knows, role
