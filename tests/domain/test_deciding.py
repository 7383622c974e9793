"""What holds of every decision: a receipt first, and no act before the last one."""

import pytest

from domain import commands, events
from domain.evolution import evolve
from domain.facts import By
from domain.outcome import ItemOutcome, roll_up
from domain.values import Outcome
from tests.domain.offices import ANALYST, HEAD, RECEPTIONIST
from tests.domain.scenarios import MORNING, Given


def test_an_act_about_a_case_needs_the_case():
    with pytest.raises(AssertionError, match="Close is about a case"):
        Given().when(commands.Close(), by=RECEPTIONIST)


def test_a_history_starts_with_a_receipt():
    with pytest.raises(AssertionError, match="starts with Received"):
        evolve(None, events.Disposed(to=ANALYST, by=HEAD), By(HEAD, MORNING))


@pytest.mark.parametrize(
    ("items", "whole"),
    [
        (("granted",), "granted"),
        (("granted", "granted"), "granted"),
        (("not_documented", "not_documented"), "not_documented"),
        (("granted", "refused_as_exempt"), "partial"),
        (("granted", "not_held"), "partial"),
        (("partial", "refused_as_exempt"), "partial"),
        (("refused_as_exempt", "not_held"), "refused_as_exempt"),
        (("refused_as_exempt", "not_documented", "not_held"), "refused_as_exempt"),
        (("not_held", "not_documented"), "not_held"),
    ],
)
def test_the_items_outcomes_add_up_to_the_case_s(items, whole):
    said = [ItemOutcome(n, Outcome(item)) for n, item in enumerate(items, 1)]
    assert roll_up(said) is Outcome(whole)
