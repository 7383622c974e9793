"""Every role asks every route, of its own agency and of the other one.

403 exactly where the contract lets nobody in, said a second time in oracle.py.
"""

import pytest

from domain.values import Role
from interfaces.http.route_actions import OPEN, ROUTES
from tests.authority import oracle
from tests.authority.asking import PREPARED
from tests.authority.staffing import official
from tests.staff import BIRO, BPPD

ASKED = sorted(name for name, actions in ROUTES.items() if actions != OPEN)
FORBIDDEN = (403, "forbidden")


def test_every_route_has_its_requests_and_its_line():
    assert set(PREPARED) == set(ASKED)
    assert set(oracle.MAY) == set(ASKED)


@pytest.mark.parametrize("operation", ASKED)
def test_the_contract_says_who_may_ask_it(staffed, prepared, operation):
    wrong = []
    for asked in PREPARED[operation](prepared[BIRO]):
        may = oracle.may(operation, asked.variant)
        for role in Role:
            answer = asked.by(staffed[official(role, BIRO)])
            told = answer.status_code
            allowed = told in asked.granted
            refused = (told, answer.json()["code"]) == FORBIDDEN if told > 399 else 0
            if allowed != (role in may) or refused == allowed:
                wrong.append((asked.variant, asked.path, role.value, told))
    assert wrong == []


@pytest.mark.parametrize("operation", ASKED)
def test_another_agencys_matter_is_forbidden_to_every_role(
    staffed, prepared, operation
):
    wrong = []
    for asked in PREPARED[operation](prepared[BIRO]):
        if not asked.is_of_one_agency:
            continue
        for role in Role:
            answer = asked.by(staffed[official(role, BPPD)])
            if answer.status_code not in asked.refused:
                wrong.append((asked.path, role.value, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.REPORTER, Role.DPO])
def test_those_who_watch_write_nothing(staffed, prepared, role):
    caller = staffed[official(role, BIRO)]
    written = [
        (operation, asked.path)
        for operation in ASKED
        if not _is_his_own(operation)
        for asked in PREPARED[operation](prepared[BIRO])
        if asked.method != "GET" and asked.by(caller).status_code != FORBIDDEN[0]
    ]
    assert written == []


def test_the_administrator_sees_no_case(staffed, prepared):
    caller = staffed[official(Role.ADMINISTRATOR, BIRO)]
    marks = prepared[BIRO].numbers
    for operation in ASKED:
        for asked in PREPARED[operation](prepared[BIRO]):
            told = asked.by(caller).text
            assert not [mark for mark in marks if mark in told], asked.path


def test_the_reporter_sees_no_person(staffed, prepared):
    caller = staffed[official(Role.REPORTER, BIRO)]
    mark = prepared[BIRO].mark
    named = {"requester", "subject", "complainant", "contact", "address", "phone"}
    for operation in ASKED:
        for asked in PREPARED[operation](prepared[BIRO]):
            answer = asked.by(caller)
            # Agencies publish how to reach them.
            if asked.method != "GET" or operation == "ReadStandard":
                continue
            # What the tracking id says is a number; what anybody said bears the mark.
            said = answer.text.replace(f"{mark}-LPR", "").replace(f"9/{mark}/2026", "")
            assert mark not in said, asked.path
            shown = _filled(answer.json(), named) if answer.is_success else set()
            assert shown == set(), asked.path


def _is_his_own(operation: str) -> bool:
    """Whether nothing of a matter is written; wishes about data are the DPO's."""
    return any(
        word in oracle.NO_WRITING or word.startswith(oracle.OF_DATA_PROTECTION)
        for word in ROUTES[operation]
    )


def _filled(told: object, named: set[str]) -> set[str]:
    """Which of these fields hold anything."""
    if isinstance(told, dict):
        own = {key for key in named if told.get(key)}
        return own.union(*(_filled(each, named) for each in told.values()))
    if isinstance(told, list):
        return set().union(*(_filled(each, named) for each in told))
    return set()
