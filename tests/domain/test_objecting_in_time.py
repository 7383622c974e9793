"""How long the requester may object: from refusal, delivery or silence on."""

from datetime import date, timedelta

from domain import commands, events
from domain.case import Case
from domain.values import Clock, ClockState, DeliveryMeans, DraftKind, Outcome
from tests.domain.offices import CLERK, HEAD
from tests.domain.past import (
    approved,
    disposed,
    drafted,
    initialled,
    refused_in_writing,
    signed,
)
from tests.domain.receipts import lettered
from tests.domain.scenarios import Given, Happened, wita
from tests.domain.watch import shown, states
from tests.domain.words import objection, refused

RECEIVED_AT = wita("2026-02-10 10:00")
STATUTE_ENDS = wita("2026-02-27 00:00")
TICK = timedelta(microseconds=1)


def letter(*more: Happened | tuple[Happened, ...]) -> Case | None:
    return Given(lettered(at=RECEIVED_AT), disposed(), *more).case


def post(case: tuple[Happened | tuple[Happened, ...], ...], at):
    """The case after its approved answer was posted."""
    given = Given(lettered(at=RECEIVED_AT), disposed(), *case)
    command = commands.Deliver(how=DeliveryMeans.POST)
    return given.when(command, by=CLERK, at=at).case


def test_the_objection_starts_with_delivery():
    at = wita("2026-02-16 09:00")
    seen = shown(post((approved(),), at), at)[Clock.OBJECTION]
    assert seen.starts_at == at
    assert seen.due_on == objection(at).due_on == date(2026, 4, 8)


def test_the_objection_to_a_written_refusal_starts_with_its_final_approval():
    written = (
        drafted(refused(), kind=DraftKind.REFUSAL),
        initialled(1),
        initialled(2),
    )
    signed_at = wita("2026-02-13 09:00")
    given = Given(lettered(at=RECEIVED_AT), disposed(), *written)
    then = given.when(commands.Approve(draft=1), by=HEAD, at=signed_at)
    seen = shown(then.case, signed_at)
    assert seen[Clock.OBJECTION].starts_at == signed_at
    assert seen[Clock.STATUTE].state is ClockState.RUNNING


def test_the_delivery_of_a_written_refusal_starts_no_second_objection():
    signed_at, sent_at = wita("2026-02-13 09:00"), wita("2026-02-16 09:00")
    written = (
        drafted(refused(), kind=DraftKind.REFUSAL),
        initialled(1),
        initialled(2),
        signed(outcome=Outcome.REFUSED_AS_EXEMPT),
        refused_in_writing(signed_at),
    )
    seen = shown(post(written, sent_at), sent_at)
    assert seen[Clock.OBJECTION].starts_at == signed_at
    assert seen[Clock.STATUTE].state is ClockState.MET


def test_the_objection_starts_by_itself_when_the_statute_ended_in_silence():
    assert Clock.OBJECTION not in shown(letter(), STATUTE_ENDS - TICK)
    seen = shown(letter(), STATUTE_ENDS)[Clock.OBJECTION]
    assert seen.starts_at.date() == date(2026, 2, 26)
    assert seen.due_on == objection(wita("2026-02-26 12:00")).due_on
    assert seen.state is ClockState.RUNNING


def test_a_late_answer_starts_the_objection_anew():
    at = wita("2026-03-04 09:00")
    assert shown(post((approved(),), at), at)[Clock.OBJECTION].starts_at == at


def test_an_answer_in_time_leaves_no_silence_behind():
    at = wita("2026-02-16 09:00")
    event = events.Delivered(how=DeliveryMeans.POST, outcome=Outcome.GRANTED)
    case = letter(approved(), Happened(event, by=CLERK, at=at))
    assert Clock.OBJECTION not in shown(case, STATUTE_ENDS)


def test_the_window_closes_with_its_thirtieth_working_day():
    case = post((approved(),), wita("2026-02-16 09:00"))
    in_time = states(case, wita("2026-04-08 23:59"))
    too_late = states(case, wita("2026-04-09 00:00"))
    assert in_time[Clock.OBJECTION] is ClockState.RUNNING
    assert too_late[Clock.OBJECTION] is ClockState.MISSED
