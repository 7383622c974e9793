"""How long information stays exempt (jangka waktu pengecualian), item by item."""

from datetime import date

import pytest

from domain import commands, events
from domain.outcome import ItemOutcome
from domain.papers import Exemption
from domain.values import DraftKind
from tests.domain.offices import ANALYST, HEAD, PPID
from tests.domain.past import directed, disposed, drafted, initialled, reopened
from tests.domain.receipts import lettered, visited
from tests.domain.scenarios import Given, Happened
from tests.domain.words import KIP_17C, blacked_out, granted, not_held, refused

SOON, LATE = date(2031, 1, 1), date(2036, 1, 1)
APPROVE = commands.Approve(draft=1)


def weighed(*items: int, until: date | None) -> Happened:
    event = events.ConsequenceTestRecorded(
        items=items, act=KIP_17C, analysis="-", participants=(PPID,), until=until
    )
    return Happened(event, by=PPID)


def sign(*tests: Happened, items: tuple[ItemOutcome, ...]):
    kind = DraftKind.PARTIAL if granted(1) in items else DraftKind.REFUSAL
    climbed = (drafted(*items, kind=kind), initialled(1), initialled(2))
    given = Given(lettered(items=len(items)), disposed(), *tests, *climbed)
    return given.when(APPROVE, by=HEAD)


@pytest.mark.parametrize(
    ("first", "second", "until"),
    [(SOON, LATE, LATE), (LATE, SOON, LATE), (SOON, None, None), (None, None, None)],
)
def test_a_written_refusal_ends_with_the_last_of_its_items(first, second, until):
    tests = (weighed(2, until=first), weighed(3, until=second))
    items = (granted(1), refused(2), blacked_out(3, KIP_17C))
    then = sign(*tests, items=items)
    refusal = then.facts[1].event
    assert isinstance(refusal, events.RefusedAsExempt)
    assert refusal.exempt_until == until
    then.leaves(exempt=(Exemption(2, first), Exemption(3, second)))


def test_what_is_not_withheld_prolongs_no_exemption():
    tests = (weighed(1, until=SOON), weighed(2, until=None))
    then = sign(*tests, items=(refused(1), not_held(2)))
    refusal = then.facts[1].event
    assert isinstance(refusal, events.RefusedAsExempt)
    assert refusal.exempt_until == SOON


def test_the_last_test_of_an_item_says_how_long():
    then = sign(weighed(1, until=LATE), weighed(1, until=SOON), items=(refused(1),))
    then.leaves(exempt=(Exemption(1, SOON),))


def test_at_the_counter_the_handling_official_says_how_long():
    refuse = commands.RefuseAtCounter(
        legal_basis=(KIP_17C,), reason="rahasia", items=(2,), exempt_until=SOON
    )
    given = Given(visited(items=2), directed())
    given.when(refuse, by=ANALYST).leaves(exempt=(Exemption(2, SOON),))


def test_a_case_that_is_opened_again_withholds_nothing_yet():
    said = events.RefusedAsExempt(
        items=(1,), legal_basis=(KIP_17C,), reason="rahasia", exempt_until=SOON
    )
    case = Given(visited(), directed(), Happened(said, by=ANALYST), reopened()).case
    assert case is not None
    assert case.exempt == ()
