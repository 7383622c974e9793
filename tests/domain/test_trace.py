"""A trace tells, a line for each day, why a term ends when it ends."""

from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from application.office import calendars
from domain import deadlines
from domain.calendar import Calendar, Holiday, HolidayKind
from domain.clocks import RunningClock
from domain.trace import Why, trace
from domain.values import Clock, DayKind
from tests.domain.resting import pause
from tests.domain.scenarios import wita

HOLIDAYS = calendars.load()
KUPANG = HOLIDAYS.calendar("Asia/Makassar")
SKB_2026 = HOLIDAYS.holidays[date(2026, 3, 19)].decree


def term(at: datetime, days: int, kind: DayKind = DayKind.WORKING) -> RunningClock:
    return RunningClock(due=deadlines.term(Clock.STANDARD, at, days, kind, KUPANG))


def told(clock: RunningClock, calendar: Calendar = KUPANG) -> list[tuple[str, str]]:
    """Day of the month and why, in order."""
    return [(f"{line.date:%m-%d}", line.why.value) for line in trace(clock, calendar)]


def test_weekends_do_not_count_and_have_no_number():
    # A Friday.
    lines = trace(term(wita("2026-02-13 09:00"), 2), KUPANG)
    assert [(line.date.day, line.counted, line.n, line.why) for line in lines] == [
        (13, False, None, Why.RECEIPT),
        (14, False, None, Why.WEEKEND),
        (15, False, None, Why.WEEKEND),
        (16, False, None, Why.COLLECTIVE_LEAVE),
        (17, False, None, Why.HOLIDAY),
        (18, True, 1, Why.WORKING),
        (19, True, 2, Why.WORKING),
    ]


def test_a_holiday_and_collective_leave_are_told_with_name_and_decree():
    lines = {
        line.date: line for line in trace(term(wita("2026-03-16 09:00"), 7), KUPANG)
    }
    leave, holiday = lines[date(2026, 3, 18)], lines[date(2026, 3, 19)]
    assert (leave.why, leave.name) == (
        Why.COLLECTIVE_LEAVE,
        "Cuti Bersama Hari Suci Nyepi",
    )
    assert (holiday.why, holiday.name) == (Why.HOLIDAY, "Hari Suci Nyepi")
    assert leave.decree == holiday.decree == SKB_2026
    assert max(lines) == date(2026, 4, 1)


def test_collective_leave_counts_where_the_office_works_through_it():
    working = replace(KUPANG, collective_leave_is_free=False)
    due = deadlines.term(
        Clock.STATUTE, wita("2026-03-17 09:00"), 1, DayKind.WORKING, working
    )
    assert told(RunningClock(due=due), working) == [
        ("03-17", "receipt"),
        ("03-18", "working"),
    ]


def test_a_day_that_is_only_estimated_has_a_name_and_no_decree():
    day = date(2026, 6, 3)
    guessed = Holiday(
        date=day,
        name="Perkiraan",
        kind=HolidayKind.NATIONAL,
        decree="",
        estimated=True,
    )
    calendar = replace(KUPANG, holidays={day: guessed})
    due = deadlines.term(
        Clock.STATUTE, wita("2026-06-02 09:00"), 1, DayKind.WORKING, calendar
    )
    line = trace(RunningClock(due=due), calendar)[1]
    assert (line.why, line.name, line.decree) == (Why.HOLIDAY, "Perkiraan", None)


def test_every_day_of_a_calendar_term_is_a_calendar_day():
    # Over Nyepi, Idul Fitri and a weekend.
    lines = trace(term(wita("2026-03-16 09:00"), 7, DayKind.CALENDAR), KUPANG)
    assert [line.why for line in lines] == [Why.RECEIPT] + [Why.CALENDAR] * 7
    assert [line.n for line in lines] == [None, 1, 2, 3, 4, 5, 6, 7]
    assert lines[-1].date == date(2026, 3, 23)
    assert not any(line.name or line.decree for line in lines)


@pytest.mark.parametrize("kind", [DayKind.WORKING, DayKind.CALENDAR])
def test_a_paused_day_says_for_what_the_clock_rests(kind: DayKind):
    # From Thursday over the weekend to Monday.
    rests = pause(KUPANG, date(2026, 6, 4), date(2026, 6, 8))
    clock = replace(term(wita("2026-06-02 09:00"), 3, kind), pauses=(rests,))
    clock = replace(clock, due=deadlines.recounted(clock, KUPANG))
    lines = trace(clock, KUPANG)
    weekend = "weekend" if kind is DayKind.WORKING else "paused"
    assert told(clock) == [
        ("06-02", "receipt"),
        ("06-03", kind.value),
        ("06-04", "paused"),
        ("06-05", "paused"),
        ("06-06", weekend),
        ("06-07", weekend),
        ("06-08", "paused"),
        ("06-09", kind.value),
        ("06-10", kind.value),
    ]
    names = {line.name for line in lines if line.why is Why.PAUSED}
    assert names == {"menunggu pemohon"}


def test_a_report_sent_in_jakarta_at_2340_begins_on_the_next_day_here():
    at = datetime.fromisoformat("2026-05-12T23:40:00+07:00")
    lines = trace(term(at, 8, DayKind.CALENDAR), KUPANG)
    assert lines[0].date == date(2026, 5, 13)
    assert lines[-1].date == date(2026, 5, 21)


@pytest.mark.parametrize(
    ("at", "days"),
    [("2026-02-10 09:05", ["02-10"]), ("2026-02-10 23:50", ["02-10", "02-11"])],
)
def test_minutes_have_the_day_of_receipt_and_another_only_over_midnight(at, days):
    due = deadlines.minutes(Clock.STANDARD, wita(at), 15, KUPANG, soft=True)
    assert [day for day, _ in told(RunningClock(due=due))] == days


def test_an_objections_thirty_days_begin_on_the_statutes_last_day():
    statute = deadlines.term(
        Clock.STATUTE, wita("2026-05-13 10:00"), 10, DayKind.WORKING, KUPANG
    )
    silent = statute.due_at - timedelta(microseconds=1)
    lines = trace(term(silent, 30), KUPANG)
    assert lines[0].date == statute.due_on
    assert lines[-1].n == 30
