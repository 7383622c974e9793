"""How clocks run, are met, and are missed for good (contract of clocks).

Two families run beside each other, the agency's promise and the statute. Minutes are a
soft target; days end with the agency's local day.
"""

from datetime import date, datetime, timedelta

import pytest

from domain import events
from domain.case import Case
from domain.clocks import RunningClock
from domain.values import Clock, ClockState, DayKind, DeliveryMeans, Outcome
from tests.domain.offices import CLERK
from tests.domain.past import (
    approved,
    called,
    closed,
    directed,
    disposed,
    drafted,
    refused_at_counter,
    reopened,
)
from tests.domain.receipts import lettered, visited
from tests.domain.scenarios import MINUTE, Given, Happened, wita
from tests.domain.watch import shown, states
from tests.domain.words import objection

TICK = timedelta(microseconds=1)
RECEIVED_AT = wita("2026-02-10 10:00")
"""A Tuesday; seven days later is Imlek, ten working days later the 26th."""
STANDARD_ENDS = wita("2026-02-18 00:00")
STATUTE_ENDS = wita("2026-02-27 00:00")


def letter(*more: Happened | tuple[Happened, ...]) -> Case | None:
    return Given(lettered(at=RECEIVED_AT), disposed(), *more).case


def posted(at: datetime) -> Happened:
    event = events.Delivered(
        how=DeliveryMeans.POST, outcome=Outcome.GRANTED, due=(objection(at),)
    )
    return Happened(event, by=CLERK, at=at)


def test_both_clock_families_run_from_the_receipt_on():
    seen = shown(letter(), RECEIVED_AT + MINUTE)
    assert set(seen) == {Clock.STANDARD, Clock.STATUTE}
    standard, statute = seen[Clock.STANDARD], seen[Clock.STATUTE]
    assert (standard.due_on, standard.due_at) == (date(2026, 2, 17), STANDARD_ENDS)
    assert (statute.due_on, statute.due_at) == (date(2026, 2, 26), STATUTE_ENDS)
    assert standard.day_kind is DayKind.CALENDAR
    assert standard.also_due_on == date(2026, 2, 23)
    assert statute.day_kind is DayKind.WORKING
    assert statute.also_due_on is None
    assert standard.due_at.utcoffset() == timedelta(hours=8)
    assert not standard.soft
    assert not standard.provisional


@pytest.mark.parametrize(
    ("now", "standard", "statute"),
    [
        (STANDARD_ENDS - TICK, ClockState.RUNNING, ClockState.RUNNING),
        (STANDARD_ENDS, ClockState.MISSED, ClockState.RUNNING),
        (STATUTE_ENDS - TICK, ClockState.MISSED, ClockState.RUNNING),
        (STATUTE_ENDS, ClockState.MISSED, ClockState.MISSED),
    ],
)
def test_a_letter_is_overdue_when_its_last_day_has_ended(now, standard, statute):
    seen = states(letter(), now)
    assert (seen[Clock.STANDARD], seen[Clock.STATUTE]) == (standard, statute)


@pytest.mark.parametrize(
    ("at", "standard", "statute"),
    [
        (STANDARD_ENDS - TICK, ClockState.MET, ClockState.MET),
        (STANDARD_ENDS, ClockState.MISSED, ClockState.MET),
        (STATUTE_ENDS, ClockState.MISSED, ClockState.MISSED),
    ],
)
def test_delivery_meets_the_clocks_that_still_run_and_no_missed_one(
    at, standard, statute
):
    case = letter(approved(), posted(at))
    for now in (at, at + timedelta(days=400)):
        seen = shown(case, now)
        assert seen[Clock.STANDARD].state is standard
        assert seen[Clock.STATUTE].state is statute
        assert seen[Clock.STANDARD].met_at == at
        assert seen[Clock.STATUTE].met_at == at


def test_collection_meets_the_clocks():
    at = wita("2026-02-16 09:00")
    collected = events.Collected(by="requester", due=(objection(at),))
    case = letter(approved(), called(), Happened(collected, by=CLERK, at=at))
    seen = states(case, STATUTE_ENDS)
    assert seen[Clock.STANDARD] is ClockState.MET
    assert seen[Clock.STATUTE] is ClockState.MET
    assert seen[Clock.OBJECTION] is ClockState.RUNNING


def test_neither_approval_nor_a_call_to_collect_meets_a_clock():
    seen = states(letter(approved(), called()), STATUTE_ENDS)
    assert seen[Clock.STANDARD] is ClockState.MISSED
    assert seen[Clock.STATUTE] is ClockState.MISSED


def test_a_refusal_at_the_counter_meets_the_clocks():
    at = wita("2026-02-10 10:05")
    came = visited(at=RECEIVED_AT)
    case = Given(came, directed(), refused_at_counter(at=at)).case
    seen = states(case, STATUTE_ENDS)
    assert seen[Clock.STANDARD] is ClockState.MET
    assert seen[Clock.STATUTE] is ClockState.MET


def test_a_refusal_of_some_items_at_the_counter_leaves_the_clocks_running():
    some = refused_at_counter(1, whole=False, at=wita("2026-02-10 10:05"))
    case = Given(visited(items=2, at=RECEIVED_AT), directed(), some).case
    seen = states(case, wita("2026-02-10 10:06"))
    assert seen == {
        Clock.STANDARD: ClockState.RUNNING,
        Clock.STATUTE: ClockState.RUNNING,
    }


def test_the_fifteen_minutes_are_a_soft_target():
    came = visited(at=RECEIVED_AT)
    seen = shown(Given(came, directed()).case, RECEIVED_AT)[Clock.STANDARD]
    assert (seen.soft, seen.day_kind) == (True, DayKind.MINUTES)
    assert seen.due_at == RECEIVED_AT + timedelta(minutes=15)
    assert (seen.due_on, seen.also_due_on) == (date(2026, 2, 10), None)


def test_the_first_answer_counts_and_not_that_of_a_reopened_case():
    first, second = wita("2026-02-16 09:00"), wita("2026-03-16 09:00")
    again = drafted(n=2)
    case = letter(
        approved(), posted(first), closed(), reopened(), again, posted(second)
    )
    seen = shown(case, second)
    assert seen[Clock.STANDARD].met_at == first
    assert seen[Clock.STANDARD].state is ClockState.MET
    assert seen[Clock.OBJECTION].starts_at == second


def test_a_stopped_clock_is_neither_met_nor_missed():
    due = objection(RECEIVED_AT)
    stopped = RunningClock(due=due, stopped_at=RECEIVED_AT)
    assert stopped.state(RECEIVED_AT) is ClockState.STOPPED
    assert stopped.state(due.due_at) is ClockState.STOPPED


def test_a_clock_stopped_too_late_is_missed_all_the_same():
    due = objection(RECEIVED_AT)
    assert RunningClock(due=due, stopped_at=due.due_at).state(due.due_at) is (
        ClockState.MISSED
    )
