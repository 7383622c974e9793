"""The statute's term is extended once, in time, with written reasons (KIP 22(8))."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from domain import commands, errors, events
from domain.case import Case
from domain.values import Clock, ClockState, Requirement, Role, Stage
from tests.domain.late import decided
from tests.domain.offices import HEAD, SEKDA
from tests.domain.past import approved, called, delivered, disposed, reopened
from tests.domain.receipts import lettered, visited
from tests.domain.resting import rested
from tests.domain.scenarios import Given, Happened, wita
from tests.domain.watch import running, states

RECEIVED_AT = wita("2026-02-10 10:00")
"""The ten working days end with the 26th; seven more with the 9th of March."""
LAST_MOMENT = wita("2026-02-27 00:00") - timedelta(microseconds=1)
TOO_LATE = wita("2026-02-27 00:00")
LETTER = (lettered(at=RECEIVED_AT), disposed())


def letter() -> Case:
    case = Given(*LETTER).case
    assert case is not None
    return case


def extension(at=LAST_MOMENT, working_days=7) -> commands.Extend:
    return commands.Extend(
        working_days=working_days, reason="belum dikuasai", notice_sent_at=at
    )


def extended_on(at, *, told_at=None, case=None):
    """The extension as the head enters it at `told_at`."""
    event = decided(case or Given(*LETTER).case, extension(at), at, told_at)
    assert isinstance(event, events.DeadlineExtended)
    return event


def test_the_last_allowed_day_is_in_time():
    then = Given(*LETTER).when(extension(), by=HEAD, at=LAST_MOMENT)
    statute = running(then.case, Clock.STATUTE)
    assert statute.due.due_on == date(2026, 3, 9)
    assert statute.due.due_at == wita("2026-03-10 00:00")
    assert (statute.due.length, statute.due.extension) == (10, 7)
    assert states(then.case, TOO_LATE)[Clock.STATUTE] is ClockState.RUNNING


def test_only_the_statute_moves():
    before = Given(*LETTER).case
    after = Given(*LETTER).when(extension(), by=HEAD, at=LAST_MOMENT).case
    assert running(after, Clock.STANDARD) == running(before, Clock.STANDARD)


def test_the_day_after_the_tenth_is_too_late():
    Given(*LETTER).when(extension(TOO_LATE), by=HEAD, at=TOO_LATE).then_refused(
        errors.ExtensionTooLateError, due_at=TOO_LATE
    )


def test_a_notice_that_was_sent_too_late_extends_nothing():
    Given(*LETTER).when(extension(TOO_LATE), by=HEAD, at=LAST_MOMENT).then_refused(
        errors.ExtensionTooLateError, due_at=TOO_LATE
    )


def test_a_notice_of_an_extension_is_not_older_than_the_request():
    early = RECEIVED_AT - timedelta(seconds=1)
    Given(*LETTER).when(extension(early), by=HEAD).then_refused(
        errors.OutOfOrderError, occurred_at=early, not_before=RECEIVED_AT
    )
    assert Given(*LETTER).when(extension(RECEIVED_AT), by=HEAD).case.extended


def test_the_term_is_extended_once():
    once = Happened(extended_on(LAST_MOMENT), by=HEAD, at=LAST_MOMENT)
    Given(*LETTER, once).when(extension(working_days=9), by=HEAD).then_refused(
        errors.ExtensionUsedError
    )


def test_seven_working_days_are_the_most():
    Given(*LETTER).when(
        extension(TOO_LATE, working_days=8), by=HEAD, at=TOO_LATE
    ).then_refused(errors.ExtensionTooLongError, working_days=8, most=7)


@pytest.mark.parametrize(
    ("past", "stage"),
    [
        ((lettered(missing=(Requirement.PHONE,)),), Stage.INCOMPLETE),
        ((lettered(), disposed(), approved(), delivered()), Stage.DELIVERED),
    ],
)
def test_only_what_is_whole_and_unanswered_is_extended(past, stage):
    then = Given(*past).when(extension(), by=HEAD)
    assert isinstance(then.refusal, errors.WrongStageError)
    assert then.refusal.stage is stage


def test_an_answer_that_waits_to_be_collected_may_still_be_extended():
    given = Given(lettered(at=RECEIVED_AT), disposed(), approved(), called())
    assert given.when(extension(), by=HEAD).case.extended


def test_a_case_that_was_answered_before_has_no_term_to_extend():
    answered = (lettered(), disposed(), approved(), delivered(), reopened())
    Given(*answered).when(extension(), by=HEAD).then_refused(
        errors.WrongStageError, stage=Stage.DISPOSED, allowed=("unanswered",)
    )


def test_the_statute_of_a_visit_is_extended_too():
    given = Given(visited(at=RECEIVED_AT))
    assert given.when(extension(), by=HEAD, at=LAST_MOMENT).case.extended


def test_the_regional_secretary_extends_what_was_addressed_to_him_only():
    to_him = lettered(at=RECEIVED_AT, addressee=Role.REGIONAL_SECRETARY)
    assert Given(to_him).when(extension(), by=SEKDA).case.extended
    Given(*LETTER).when(extension(), by=SEKDA).then_refused(
        errors.NotAddressedToYouError
    )


def test_an_extension_that_is_entered_after_the_fact_leaves_a_miss_a_miss():
    event = extended_on(LAST_MOMENT, told_at=wita("2026-03-02 09:00"))
    assert event.missed == (Clock.STATUTE,)
    assert event.due[0].due_on == date(2026, 3, 9)

    happened = Happened(event, by=HEAD, at=LAST_MOMENT)
    soon = wita("2026-03-03 09:00")
    case = Given(*LETTER, happened, approved(), delivered(at=soon)).case
    assert states(case, soon)[Clock.STATUTE] is ClockState.MISSED
    assert running(case, Clock.STATUTE).met_at == soon
    assert running(case, Clock.STATUTE).late_since == TOO_LATE


def test_an_extension_that_is_entered_in_time_misses_nothing():
    assert extended_on(LAST_MOMENT).missed == ()


def test_a_term_at_rest_is_not_over_and_may_be_extended():
    case = letter()
    first = date(2026, 2, 20)
    pause = rested(case, wita("2026-02-20 09:00"), first)
    then = Given(*LETTER, pause).when(
        extension(TOO_LATE), by=HEAD, at=TOO_LATE + timedelta(days=3)
    )
    assert running(then.case, Clock.STATUTE).due.extension == 7


def test_a_term_from_before_lengths_were_written_down_gets_the_same_seven_days():
    case = letter()
    clock = running(case, Clock.STATUTE)
    old = replace(clock, due=replace(clock.due, length=0))
    rest = tuple(one for one in case.clocks if one is not clock)
    event = extended_on(LAST_MOMENT, case=replace(case, clocks=(*rest, old)))
    assert event.due == extended_on(LAST_MOMENT).due
