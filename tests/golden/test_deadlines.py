"""The table of deadlines 2024-2027, counted by a second method; see README.md here."""

import re
from datetime import date, datetime

import pytest
from msgspec.structs import replace

from application.office import calendars
from domain import deadlines
from domain.clocks import Pause, RunningClock
from domain.due import Due
from domain.terms import OfficeHours
from domain.trace import trace
from domain.values import Clock, DayKind
from tests.domain import standards
from tests.domain.resting import pause
from tests.golden import second_method
from tests.golden.deadlines_asked import QUESTIONS
from tests.golden.second_method import Row

HOLIDAYS = calendars.load()
CALENDARS = {zone: HOLIDAYS.calendar(zone) for zone in second_method.HOURS_EAST}
HOURS = standards.BPPD.office_hours
ROWS = second_method.table()
OTHER = {DayKind.CALENDAR: DayKind.WORKING, DayKind.WORKING: DayKind.CALENDAR}


def named(row: Row) -> str:
    """The row, as a failing test tells it."""
    more = f"+{row.extension}" if row.extension != "0" else ""
    days = f"{row.length}{more} {row.day_kind}"
    return f"{row.shows}: {row.received_at} {days} {row.pauses}".strip()


def hours(row: Row) -> OfficeHours:
    """The office's, with the row's rule on late receipts."""
    return replace(HOURS, late_receipt_counts_next_day=row.late == "next_day")


def started(row: Row) -> Due:
    """The row's term as our engine starts it: without extension and pauses."""
    calendar = CALENDARS[row.zone]
    kind = DayKind(row.day_kind)
    received_at = datetime.fromisoformat(row.received_at)
    return deadlines.term(
        Clock(row.clock),
        deadlines.counted_from(received_at, hours(row), calendar),
        int(row.length),
        kind,
        calendar,
        also=OTHER[kind] if row.also_due_on else None,
    )


def pauses(row: Row) -> tuple[Pause, ...]:
    """The row's pauses, as events tell them."""
    calendar = CALENDARS[row.zone]
    days = [map(date.fromisoformat, each.split("..")) for each in row.pauses.split()]
    return tuple(pause(calendar, first, last) for first, last in days)


def ours(row: Row) -> RunningClock:
    """The row's clock as our engine counts it."""
    due = replace(started(row), extension=int(row.extension))
    clock = RunningClock(due=due, pauses=pauses(row))
    return replace(clock, due=deadlines.recounted(clock, CALENDARS[row.zone]))


def told(due: Due) -> tuple[str, str, str, str]:
    """The answer of the engine, as the table writes it."""
    return (
        due.due_on.isoformat(),
        due.due_at.isoformat(),
        "" if due.also_due_on is None else due.also_due_on.isoformat(),
        "provisional" if due.provisional else "",
    )


def test_the_table_is_what_the_second_method_still_counts():
    assert list(map(second_method.answer, QUESTIONS)) == ROWS


def test_the_table_asks_each_question_once():
    assert len(ROWS) >= 240
    assert len({row[1:] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_the_engine_counts_as_the_second_method_does(row):
    due = ours(row).due
    expected = (row.due_on, row.due_at, row.also_due_on, row.provisional)
    assert told(due) == expected
    assert (due.length, due.extension) == (int(row.length), int(row.extension))


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.extension == "0" and not row.pauses], ids=named
)
def test_counting_anew_moves_no_term_that_nothing_moved(row):
    assert ours(row).due == started(row)


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_the_trace_of_every_row_ends_where_the_second_method_ends(row):
    clock = ours(row)
    lines = trace(clock, CALENDARS[row.zone])
    zero = date.fromordinal(
        second_method.local(clock.due.starts_at.isoformat(), row.zone)[0]
    )
    counted = [line for line in lines if line.counted]
    assert lines[0].date == zero
    assert lines[-1].date == date.fromisoformat(row.due_on)
    assert len(counted) == counted[-1].n == int(row.length) + int(row.extension)


@pytest.mark.parametrize(
    ("received", "kind", "days", "due_on"),
    [
        ("2026-03-16", "calendar", (7, 0), "2026-03-23"),
        ("2026-03-16", "working", (10, 0), "2026-04-07"),
        ("2026-03-16", "working", (10, 7), "2026-04-16"),
        ("2026-02-13", "calendar", (7, 0), "2026-02-20"),
        ("2026-02-13", "working", (10, 0), "2026-03-03"),
        ("2026-05-13", "calendar", (8, 0), "2026-05-21"),
        ("2026-05-13", "working", (10, 0), "2026-06-03"),
        ("2026-12-18", "calendar", (7, 0), "2026-12-25"),
        ("2026-12-18", "working", (10, 0), "2027-01-07"),
        ("2026-12-18", "working", (30, 0), "2027-02-04"),
        ("2026-11-09", "calendar", (7, 0), "2026-11-16"),
        ("2026-11-09", "working", (10, 0), "2026-11-23"),
        ("2026-02-10", "calendar", (7, 0), "2026-02-17"),
        ("2026-02-10", "working", (10, 0), "2026-02-26"),
        ("2026-04-06", "calendar", (7, 0), "2026-04-13"),
        ("2026-06-02", "working", (10, 0), "2026-06-17"),
        ("2026-08-18", "calendar", (8, 0), "2026-08-26"),
        ("2026-08-26", "working", (10, 0), "2026-09-09"),
        ("2026-11-10", "calendar", (60, 0), "2027-01-09"),
    ],
)
def test_the_second_method_counts_as_was_counted_by_hand(received, kind, days, due_on):
    dates = {
        row.due_on
        for row in ROWS
        if row.received_at == f"{received}T09:00:00+08:00"
        and (row.day_kind, int(row.length), int(row.extension)) == (kind, *days)
        and not (row.pauses or row.late)
    }
    assert dates == {due_on}


@pytest.mark.parametrize(
    ("received", "length", "also_due_on"),
    [
        ("2026-03-16", "7", "2026-04-01"),
        ("2026-02-13", "7", "2026-02-26"),
        ("2026-05-13", "8", "2026-05-29"),
        ("2026-12-18", "7", "2026-12-31"),
        ("2026-11-09", "7", "2026-11-18"),
        ("2026-02-10", "7", "2026-02-23"),
        ("2026-08-18", "8", "2026-08-31"),
    ],
)
def test_so_it_does_by_the_other_reading_of_days(received, length, also_due_on):
    at = f"{received}T09:00:00+08:00"
    dates = {
        row.also_due_on
        for row in ROWS
        if (row.clock, row.received_at, row.length) == ("standard", at, length)
        and row.also_due_on
        and not (row.pauses or row.late)
    }
    assert dates == {also_due_on}


def test_the_holiday_files_hold_the_decrees_day_by_day():
    ours = {
        (each.date.isoformat(), each.kind.value, each.name)
        for each in HOLIDAYS.holidays.values()
    }
    theirs = {
        (each["date"], each["kind"], each["name"]) for each in second_method.decreed()
    }
    assert ours == theirs
    assert len(theirs) == len(second_method.decreed())


@pytest.mark.parametrize(
    "day", second_method.decreed(), ids=lambda day: f"{day['date']} {day['name']}"
)
def test_the_holiday_files_name_the_decree_that_freed_the_day(day):
    cited = HOLIDAYS.holidays[date.fromisoformat(day["date"])].decree
    for number, year in re.findall(r"(\d+)/(\d+)", day["decree"]):
        assert f"Nomor {number} Tahun {year}" in cited
