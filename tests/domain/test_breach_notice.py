"""The 72 hours in which a data breach is told run on the clock, day and night."""

from datetime import date, timedelta

from domain.clocks import RunningClock
from domain.deadlines import breach_notice
from domain.trace import Why, trace
from domain.values import Clock, ClockState, DayKind
from tests.domain.offices import BPPD, OFFICES
from tests.domain.scenarios import wita

OFFICE = OFFICES[BPPD]
BEFORE_A_LONG_WEEKEND = wita("2026-12-24 16:30")
"""The day before Christmas, which is a Friday."""


def notice(at):
    return breach_notice(at, OFFICE.standard.personal_data, OFFICE.calendar)


def test_a_breach_is_told_within_72_hours_whatever_days_they_are():
    due = notice(BEFORE_A_LONG_WEEKEND)

    assert (due.clock, due.day_kind, due.soft) == (
        Clock.BREACH_NOTICE,
        DayKind.MINUTES,
        False,
    )
    assert due.due_at == BEFORE_A_LONG_WEEKEND + timedelta(hours=72)
    assert due.due_on == date(2026, 12, 27)


def test_the_notice_is_late_with_the_first_moment_after_the_72_hours():
    clock = RunningClock(due=notice(BEFORE_A_LONG_WEEKEND))
    end = clock.due.due_at

    assert clock.state(end - timedelta(microseconds=1)) is ClockState.RUNNING
    assert clock.state(end) is ClockState.MISSED


def test_the_trace_of_the_72_hours_counts_every_day():
    days = trace(RunningClock(due=notice(BEFORE_A_LONG_WEEKEND)), OFFICE.calendar)

    assert [(day.date.day, day.why, day.n) for day in days] == [
        (24, Why.RECEIPT, None),
        (25, Why.CALENDAR, 1),
        (26, Why.CALENDAR, 2),
        (27, Why.CALENDAR, 3),
    ]
