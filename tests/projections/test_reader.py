"""Who asked is open to a head of a unit only where that unit answers."""

import pytest
from msgspec.structs import replace

from application.office import authority
from domain.values import Role
from projections import reader
from tests.domain import past
from tests.domain.offices import (
    ANALYST,
    BPPD,
    DIVISION_HEAD,
    HEAD,
    OFFICES,
    OTHER_ANALYST,
    OTHER_DIVISION_HEAD,
    OTHER_SUBDIVISION_HEAD,
    SECRETARY,
    SUBDIVISION_HEAD,
)
from tests.domain.receipts import lettered
from tests.domain.scenarios import Given, Happened

TABLE = authority.load()
OFFICE = OFFICES[BPPD]
HEADS = {DIVISION_HEAD, SUBDIVISION_HEAD, OTHER_DIVISION_HEAD, OTHER_SUBDIVISION_HEAD}
OURS = {DIVISION_HEAD, SUBDIVISION_HEAD}


def knowing(*happened: Happened) -> set[str]:
    """The heads of units who are told who asks."""
    case = Given(lettered(), *happened).case
    assert case is not None
    return {
        head
        for head in HEADS
        if reader.before(
            case,
            OFFICE.directory.officials[head, BPPD],
            TABLE,
            OFFICE,
            case.last_at,
        ).requester
    }


@pytest.mark.parametrize(
    ("assignee", "told"),
    [
        (ANALYST, OURS),
        (SUBDIVISION_HEAD, OURS),
        (DIVISION_HEAD, {DIVISION_HEAD}),
        (OTHER_ANALYST, {OTHER_DIVISION_HEAD, OTHER_SUBDIVISION_HEAD}),
        (SECRETARY, set()),
        (HEAD, set()),
    ],
)
def test_the_heads_over_the_assignee_know_who_asks(assignee, told):
    assert knowing(past.disposed(to=assignee)) == told


def test_before_the_disposition_no_head_of_a_unit_knows_who_asks():
    assert knowing() == set()


def test_the_tiers_of_a_draft_still_know_when_the_case_gets_a_new_lead():
    told = knowing(
        past.disposed(), past.drafted(), past.disposed(to=OTHER_SUBDIVISION_HEAD)
    )
    assert told == HEADS


def test_who_is_head_here_and_assignee_there_knows_by_either():
    head = OFFICE.directory.officials[SUBDIVISION_HEAD, BPPD]
    both = replace(head, roles=(Role.SUBDIVISION_HEAD, Role.HANDLER), unit="lain")
    for assignee, knows in ((SUBDIVISION_HEAD, True), (ANALYST, False)):
        case = Given(lettered(), past.disposed(to=assignee)).case
        assert case is not None
        before = reader.before(case, both, TABLE, OFFICE, case.last_at)
        assert before.requester is knows
