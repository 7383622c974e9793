"""A calendar announced late moves what runs by it, and keeps every verdict."""

from datetime import date, timedelta

import msgspec
import pytest

from domain import deadlines
from domain.calendar import Holiday, HolidayKind
from domain.clocks import RunningClock
from domain.recomputing import recompute
from domain.trace import trace
from domain.values import Clock, ClockState, DayKind
from tests.domain.offices import BPPD, OFFICES
from tests.domain.resting import pause
from tests.domain.scenarios import MORNING, wita

BEFORE = OFFICES[BPPD].calendar
FREE = Holiday(date(2026, 2, 19), "Pemilihan", HolidayKind.NATIONAL, "Keppres 1/2026")
AFTER = msgspec.structs.replace(
    BEFORE, edition="newer", holidays={**BEFORE.holidays, FREE.date: FREE}
)
TEN_DAYS = deadlines.term(Clock.STATUTE, MORNING, 10, DayKind.WORKING, BEFORE)
LATER = MORNING + timedelta(days=1)


def recomputed(clock, at=LATER):
    return recompute((clock,), at, lambda _: BEFORE, AFTER)


def test_a_running_clock_ends_a_working_day_later():
    event = recomputed(RunningClock(due=TEN_DAYS))
    assert event is not None
    assert event.before == (TEN_DAYS,)
    assert event.due == (
        deadlines.term(Clock.STATUTE, MORNING, 10, DayKind.WORKING, AFTER),
    )


def test_a_clock_that_is_counted_in_the_new_edition_already_stays():
    due = deadlines.term(Clock.STATUTE, MORNING, 10, DayKind.WORKING, AFTER)
    assert recomputed(RunningClock(due=due)) is None


@pytest.mark.parametrize(
    "clock",
    [
        RunningClock(due=TEN_DAYS, met_at=LATER),
        RunningClock(due=TEN_DAYS, met_at=MORNING + timedelta(days=40)),
        RunningClock(due=TEN_DAYS, stopped_at=LATER),
        RunningClock(due=TEN_DAYS, late_since=TEN_DAYS.due_at),
    ],
    ids=["met", "met too late", "stopped", "missed before it was moved"],
)
def test_a_verdict_stays(clock):
    assert recomputed(clock) is None


def test_a_term_that_ran_out_before_the_announcement_stays_missed():
    clock = RunningClock(due=TEN_DAYS)
    assert recomputed(clock, TEN_DAYS.due_at) is None
    assert recomputed(clock, TEN_DAYS.due_at - timedelta(microseconds=1)) is not None


def test_a_paused_clock_moves_and_keeps_its_pause():
    rests = pause(BEFORE, date(2026, 2, 12), date(2026, 2, 13))
    clock = RunningClock(due=TEN_DAYS, pauses=(rests,))
    paused = msgspec.structs.replace(clock, due=deadlines.recounted(clock, BEFORE))
    event = recomputed(paused)
    assert event is not None
    assert event.due[0].due_on == AFTER.after(paused.due.due_on, 1, DayKind.WORKING)


@pytest.mark.parametrize(
    "due",
    [
        msgspec.structs.replace(TEN_DAYS, soft=True),
        msgspec.structs.replace(TEN_DAYS, clock=Clock.COMPLETION),
        deadlines.minutes(Clock.STANDARD, MORNING, 20_000, BEFORE, soft=False),
        deadlines.term(Clock.STANDARD, MORNING, 14, DayKind.CALENDAR, BEFORE),
    ],
    ids=["a target", "a date told to the requester", "minutes", "calendar days"],
)
def test_what_does_not_follow_the_calendar_stays(due):
    assert recomputed(RunningClock(due=due)) is None


def test_a_term_of_old_is_counted_back_in_the_edition_that_it_names():
    old = msgspec.structs.replace(TEN_DAYS, length=0)
    event = recomputed(RunningClock(due=old))
    assert event is not None
    assert (event.before, event.due[0].length) == ((old,), 10)


def taken_back(at):
    """The 16th and 17th are worked after all, as is announced at that time."""
    kept = {day: holiday for day, holiday in BEFORE.holidays.items() if day.month != 2}
    newer = msgspec.structs.replace(BEFORE, edition="newer", holidays=kept)
    clock = RunningClock(due=TEN_DAYS)
    event = recompute((clock,), at, lambda _: BEFORE, newer)
    assert event is not None
    return msgspec.structs.replace(clock, due=event.due[0]), newer


def test_a_holiday_taken_back_ends_a_term_sooner():
    clock, _ = taken_back(LATER)
    assert clock.due.due_on == date(2026, 2, 24)
    assert clock.due.not_before is None


@pytest.mark.parametrize("day", [25, 26])
def test_a_holiday_taken_back_ends_no_term_before_it_was_announced(day):
    announced_at = wita(f"2026-02-{day} 09:00")
    clock, newer = taken_back(announced_at)
    assert clock.due.due_on == date(2026, 2, day)
    assert clock.state(announced_at) is ClockState.RUNNING
    # Nor does any later count, and the trace shows the days that came for nothing.
    assert deadlines.recounted(clock, newer) == clock.due
    days = trace(clock, newer)
    assert days[-1].date == clock.due.due_on
    assert [day.n for day in days if day.counted] == list(range(1, 11))
