"""Clocks rest for a ground that is told, and nothing that was missed is undone."""

from datetime import date, timedelta

import pytest

from domain import commands, errors, events
from domain.case import Case
from domain.clocks import Pause, RunningClock
from domain.values import Clock, ClockState, Requirement, Stage
from tests.domain.late import acted
from tests.domain.offices import BPPD, CLERK, HEAD, OFFICES, SEKDA
from tests.domain.past import approved, delivered, directed, disposed, reopened
from tests.domain.receipts import lettered, visited
from tests.domain.scenarios import Given, Happened, wita
from tests.domain.watch import running, shown, states

RECEIVED_AT = wita("2026-02-10 10:00")
"""A Tuesday. The standard ends on Tuesday the 17th (Imlek), the statute on the 26th."""
LETTER = (lettered(at=RECEIVED_AT), disposed())
GROUND = "menunggu penjelasan pemohon"
STANDARD, STATUTE = Clock.STANDARD, Clock.STATUTE


def rest(first: date, until: date | None = None) -> commands.Pause:
    return commands.Pause(ground=GROUND, first=first, until=until)


def feb(day: int) -> date:
    return date(2026, 2, day)


def letter() -> Case:
    case = Given(*LETTER).case
    assert case is not None
    return case


def due_on(case: Case) -> tuple[date, date]:
    return running(case, STANDARD).due.due_on, running(case, STATUTE).due.due_on


def test_a_pause_of_two_working_days_moves_both_clocks_by_two():
    case = acted(letter(), rest(feb(11), feb(12)), wita("2026-02-10 12:00"))
    assert due_on(letter()) == (feb(17), feb(26))
    assert due_on(case) == (feb(19), date(2026, 3, 2))


def test_a_pause_over_days_that_count_for_nobody_moves_the_statute_not():
    case = acted(letter(), rest(feb(14), feb(15)), wita("2026-02-10 12:00"))
    assert due_on(case) == (feb(19), feb(26))


def test_an_open_pause_moves_nothing_until_it_ends():
    at = wita("2026-02-12 09:00")
    case = acted(letter(), rest(feb(12)), at)
    assert due_on(case) == due_on(letter())
    for later in (at, wita("2026-02-26 23:59"), wita("2026-08-01 00:00")):
        assert states(case, later) == {
            STANDARD: ClockState.PAUSED,
            STATUTE: ClockState.PAUSED,
        }

    resumed = acted(case, commands.Resume(), wita("2026-02-20 09:00"))
    assert due_on(resumed) == (feb(25), date(2026, 3, 4))
    assert running(resumed, STATUTE).pauses[0].last == feb(19)
    assert states(resumed, wita("2026-02-20 09:00"))[STATUTE] is ClockState.RUNNING


def test_clocks_are_paused_from_the_first_day_to_the_last_and_not_before_or_after():
    case = acted(letter(), rest(feb(12), feb(13)), wita("2026-02-10 12:00"))

    def state(at):
        return states(case, wita(at))[STATUTE]

    assert state("2026-02-11 23:59") is ClockState.RUNNING
    assert state("2026-02-12 00:00") is ClockState.PAUSED
    assert state("2026-02-13 23:59") is ClockState.PAUSED
    assert state("2026-02-14 00:00") is ClockState.RUNNING


def test_an_answer_during_an_open_pause_is_in_time():
    case = acted(letter(), rest(feb(12)), wita("2026-02-12 09:00"))
    late = wita("2026-03-20 09:00")
    pause = Happened(
        events.ClockPaused(
            ground=GROUND,
            first=feb(12),
            starts_at=wita("2026-02-12 00:00"),
            clocks=(STANDARD, STATUTE),
        ),
        by=HEAD,
        at=wita("2026-02-12 09:00"),
    )
    answered = Given(*LETTER, pause, approved(), delivered(at=late)).case
    assert running(answered, STATUTE).pauses == running(case, STATUTE).pauses
    for now in (late, late + timedelta(days=400)):
        assert states(answered, now)[STATUTE] is ClockState.MET


def test_pauses_follow_each_other_also_known_beforehand():
    at = wita("2026-02-10 12:00")
    case = letter()
    for first, until in ((11, 11), (13, 13), (12, 12), (24, 25)):
        case = acted(case, rest(feb(first), feb(until)), at)
    # Three days, then two that the moved standard does not reach, as it ends before.
    assert due_on(case) == (feb(20), date(2026, 3, 5))


@pytest.mark.parametrize(
    ("standing", "wished"),
    [
        ((12, 14), (14, 16)),
        ((12, 14), (10, 12)),
        ((12, 14), (13, 13)),
        ((12, 14), (11, 20)),
        ((12, 14), (11, None)),
        ((12, None), (20, 21)),
        ((12, None), (10, 11)),
        ((12, None), (13, None)),
    ],
)
def test_clocks_at_rest_are_not_laid_to_rest_again(standing, wished):
    def pause(first, until):
        return rest(feb(first), None if until is None else feb(until))

    at = wita("2026-02-10 12:00")
    case = acted(letter(), pause(*standing), at)
    with pytest.raises(errors.AlreadyPausedError):
        acted(case, pause(*wished), at)


def test_a_pause_ends_no_day_before_it_starts():
    Given(*LETTER).when(rest(feb(12), feb(11)), by=HEAD).then_refused(
        errors.PauseEndsBeforeStartError, first=feb(12), until=feb(11)
    )
    one = acted(letter(), rest(feb(12), feb(12)), wita("2026-02-10 12:00"))
    assert due_on(one) == (feb(18), feb(27))


def test_a_pause_begins_no_day_before_the_receipt():
    Given(*LETTER).when(rest(feb(9), feb(12)), by=HEAD).then_refused(
        errors.PauseBeforeReceiptError, first=feb(9), received_on=feb(10)
    )
    case = acted(letter(), rest(feb(10), feb(10)), wita("2026-02-10 12:00"))
    assert due_on(case) == due_on(letter())


def test_a_pause_that_is_told_late_never_turns_a_miss_into_a_success():
    # Told on the 3rd of March as if the clocks had rested since the 12th.
    at = wita("2026-02-12 09:00")
    case = acted(letter(), rest(feb(12), feb(27)), at, told_at=wita("2026-03-03 09:00"))
    assert due_on(case)[1] > date(2026, 3, 3)
    # And whoever waited could object from the day on which it was missed.
    assert states(case, at) == {
        STANDARD: ClockState.MISSED,
        STATUTE: ClockState.MISSED,
        Clock.OBJECTION: ClockState.RUNNING,
    }
    assert shown(case, at)[Clock.OBJECTION].starts_at.date() == feb(26)
    assert running(case, STATUTE).late_since == wita("2026-02-27 00:00")
    assert running(case, STANDARD).late_since == wita("2026-02-18 00:00")


def test_an_open_pause_that_is_told_late_leaves_a_miss_a_miss():
    at = wita("2026-02-12 09:00")
    case = acted(letter(), rest(feb(12)), at, told_at=wita("2026-02-20 09:00"))
    now = wita("2026-02-20 09:00")
    assert states(case, now) == {
        STANDARD: ClockState.MISSED,
        STATUTE: ClockState.PAUSED,
    }


def test_a_pause_after_the_term_ran_out_changes_no_verdict():
    at = wita("2026-02-19 09:00")
    case = acted(letter(), rest(feb(19)), at)
    assert states(case, at)[STANDARD] is ClockState.MISSED
    assert due_on(case)[0] == feb(17)


def test_a_pause_known_beforehand_is_taken_back_before_it_begins():
    case = acted(letter(), rest(feb(19), feb(20)), wita("2026-02-10 12:00"))
    taken_back = acted(case, commands.Resume(), wita("2026-02-12 09:00"))
    assert due_on(taken_back) == due_on(letter())
    assert running(taken_back, STATUTE).pauses == ()


def test_a_pause_that_runs_is_cut_on_the_day_the_clocks_run_again():
    case = acted(letter(), rest(feb(11), feb(20)), wita("2026-02-10 12:00"))
    cut = acted(case, commands.Resume(), wita("2026-02-13 09:00"))
    # The 11th and 12th were not counted; the 13th is.
    assert due_on(cut) == (feb(19), date(2026, 3, 2))


def test_clocks_that_run_are_not_resumed():
    Given(*LETTER).when(commands.Resume(), by=HEAD).then_refused(errors.NotPausedError)
    case = acted(letter(), rest(feb(11), feb(11)), wita("2026-02-10 12:00"))
    with pytest.raises(errors.NotPausedError):
        acted(case, commands.Resume(), wita("2026-02-12 09:00"))
    again = acted(letter(), rest(feb(12)), wita("2026-02-12 09:00"))
    once = acted(again, commands.Resume(), wita("2026-02-13 09:00"))
    with pytest.raises(errors.NotPausedError):
        acted(once, commands.Resume(), wita("2026-02-13 10:00"))


def test_what_is_not_whole_rests_too():
    incomplete = lettered(at=RECEIVED_AT, missing=(Requirement.PHONE,))
    then = Given(incomplete).when(rest(feb(11)), by=HEAD)
    assert then.case.stage is Stage.INCOMPLETE
    assert all(clock.pauses for clock in then.case.clocks)


@pytest.mark.parametrize("until", [None, feb(13)])
def test_a_pause_goes_on_for_the_statute_that_a_completion_begins_anew(until):
    case = Given(lettered(at=RECEIVED_AT, missing=(Requirement.PHONE,))).case
    resting = acted(case, rest(feb(11), until), wita("2026-02-10 12:00"))
    given = Given()
    given.case = resting
    given.office = OFFICES[BPPD]
    bring = commands.ReceiveCompletion(received=frozenset({Requirement.PHONE}))
    at = wita("2026-02-12 09:00")
    whole = given.when(bring, by=CLERK, at=at).case
    assert states(whole, at)[STATUTE] is ClockState.PAUSED
    run = whole
    if until is None:
        run = acted(whole, commands.Resume(), wita("2026-02-14 09:00"))
    # Only the 13th is at rest of the days that would count; the tenth is 3 March.
    assert running(run, STATUTE).due.due_on == date(2026, 3, 3)


def test_the_minutes_of_a_visit_do_not_rest():
    then = Given(visited(at=RECEIVED_AT)).when(rest(feb(10), feb(10)), by=HEAD)
    assert running(then.case, STATUTE).pauses
    assert running(then.case, STANDARD).pauses == ()


@pytest.mark.parametrize("command", [rest(feb(12)), commands.Resume()])
def test_what_was_answered_rests_no_more(command):
    answered = (lettered(), disposed(), approved(), delivered())
    then = Given(*answered).when(command, by=HEAD)
    assert isinstance(then.refusal, errors.WrongStageError)
    assert then.refusal.stage is Stage.DELIVERED


def test_a_case_that_was_answered_before_has_no_clock_that_could_rest():
    opened = Given(lettered(), disposed(), approved(), delivered(), reopened())
    opened.when(rest(feb(12)), by=HEAD).then_refused(
        errors.WrongStageError, stage=Stage.DISPOSED, allowed=("unanswered",)
    )
    opened.when(commands.Resume(), by=HEAD).then_refused(errors.NotPausedError)


def test_only_the_head_whose_affair_it_is_stops_the_clocks():
    for command in (rest(feb(12)), commands.Resume()):
        Given(*LETTER).when(command, by=SEKDA).then_refused(
            errors.NotAddressedToYouError
        )


def test_extension_and_pause_add_up():
    at = wita("2026-02-10 12:00")
    extend = commands.Extend(working_days=7, reason="luas", notice_sent_at=at)
    one = acted(acted(letter(), extend, at), rest(feb(11), feb(12)), at)
    other = acted(acted(letter(), rest(feb(11), feb(12)), at), extend, at)
    assert due_on(one) == due_on(other) == (feb(19), date(2026, 3, 11))


def test_a_visit_that_was_directed_rests_as_well():
    then = Given(visited(at=RECEIVED_AT), directed()).when(rest(feb(11)), by=HEAD)
    assert running(then.case, STATUTE).has_no_end


def test_an_open_pause_that_begins_after_the_term_keeps_nobody_from_missing_it():
    due = running(letter(), STATUTE).due
    starts_at = due.due_at + timedelta(days=1)
    pause = Pause(ground=GROUND, first=date(2026, 2, 28), starts_at=starts_at)
    clock = RunningClock(due=due, pauses=(pause,))
    assert clock.state(due.due_at) is ClockState.MISSED
    assert clock.late_from == due.due_at


def test_a_pause_reaches_five_years_at_the_most():
    last = date(2031, 2, 10)
    for slip in (rest(feb(12), date(2126, 2, 12)), rest(date(2126, 2, 12))):
        then = Given(*LETTER).when(slip, by=HEAD, at=wita("2026-02-10 12:00"))
        then.then_refused(errors.TooFarAheadError, day=date(2126, 2, 12), last=last)
    case = acted(letter(), rest(feb(12), last), wita("2026-02-10 12:00"))
    assert running(case, STATUTE).due.due_on > last
