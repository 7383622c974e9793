"""Days are the agency's days, and a working day is one that no decree frees.

The dates counted here were computed apart from the program, with the list of the
joint decrees at hand.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from application.office import calendars
from domain.calendar import HolidayKind
from domain.values import DayKind

KUPANG = calendars.load().calendar("Asia/Makassar")
WORKING_LEAVE = replace(KUPANG, collective_leave_is_free=False)
BARE = replace(KUPANG, holidays={})

days = st.dates(date(2023, 6, 1), date(2028, 6, 30))
terms = st.integers(1, 60)


@pytest.mark.parametrize(
    ("received", "n", "kind", "due"),
    [
        ("2026-03-16", 7, DayKind.CALENDAR, "2026-03-23"),
        ("2026-03-16", 7, DayKind.WORKING, "2026-04-01"),
        ("2026-03-16", 10, DayKind.WORKING, "2026-04-07"),
        ("2026-03-16", 17, DayKind.WORKING, "2026-04-16"),
        ("2026-02-13", 7, DayKind.CALENDAR, "2026-02-20"),
        ("2026-02-13", 7, DayKind.WORKING, "2026-02-26"),
        ("2026-02-13", 10, DayKind.WORKING, "2026-03-03"),
        ("2026-05-13", 8, DayKind.CALENDAR, "2026-05-21"),
        ("2026-05-13", 8, DayKind.WORKING, "2026-05-29"),
        ("2026-05-13", 10, DayKind.WORKING, "2026-06-03"),
        ("2026-12-18", 7, DayKind.CALENDAR, "2026-12-25"),
        ("2026-12-18", 7, DayKind.WORKING, "2026-12-31"),
        ("2026-12-18", 10, DayKind.WORKING, "2027-01-07"),
        ("2026-12-18", 30, DayKind.WORKING, "2027-02-04"),
    ],
)
def test_a_term_ends_on_the_day_the_decrees_leave_for_it(received, n, kind, due):
    assert KUPANG.after(date.fromisoformat(received), n, kind) == date.fromisoformat(
        due
    )


def test_a_calendar_term_may_end_on_collective_leave():
    due = KUPANG.after(date(2026, 3, 16), 7, DayKind.CALENDAR)
    holiday = KUPANG.holiday(due)
    assert holiday is not None
    assert holiday.kind is HolidayKind.COLLECTIVE_LEAVE
    assert KUPANG.after(due, 1, DayKind.WORKING) == date(2026, 3, 25)


def test_twenty_to_midnight_in_jakarta_is_the_next_day_in_kupang():
    sent = datetime.fromisoformat("2026-05-12T23:40:00+07:00")
    assert KUPANG.date_of(sent) == date(2026, 5, 13)


def test_a_day_ends_at_the_local_midnight_after_it():
    assert KUPANG.end_of(date(2026, 2, 20)) == datetime(2026, 2, 20, 16, tzinfo=UTC)


def test_a_time_without_an_offset_is_no_instant():
    naive = datetime(2026, 2, 20, 12)  # noqa: DTZ001
    with pytest.raises(ValueError, match="offset"):
        KUPANG.date_of(naive)


def test_minutes_are_not_days():
    with pytest.raises(ValueError, match="minutes"):
        KUPANG.after(date(2026, 2, 20), 15, DayKind.MINUTES)


def test_the_first_day_there_is_can_still_be_asked_for():
    assert KUPANG.start_of(date.min).tzinfo is UTC


def test_collective_leave_is_worked_where_the_flag_says_so():
    leave = date(2026, 3, 18)
    assert not KUPANG.is_working(leave)
    assert WORKING_LEAVE.is_working(leave)
    assert WORKING_LEAVE.holiday(leave) is None
    assert WORKING_LEAVE.after(date(2026, 3, 16), 7, DayKind.WORKING) == date(
        2026, 3, 26
    )


def test_beyond_its_last_year_a_calendar_knows_only_weekends():
    assert KUPANG.reaches(date(2027, 12, 31))
    assert not KUPANG.reaches(date(2028, 1, 1))
    assert KUPANG.after(date(2027, 12, 30), 2, DayKind.WORKING) == date(2028, 1, 3)


def test_before_its_first_year_too():
    assert not KUPANG.reaches(date(2023, 12, 31))
    assert KUPANG.after(date(2023, 12, 29), 1, DayKind.WORKING) == date(2024, 1, 2)


@given(days, terms)
def test_a_working_term_ends_on_a_working_day_after_exactly_so_many(day, n):
    due = KUPANG.after(day, n, DayKind.WORKING)
    span = [day + timedelta(days=k) for k in range(1, (due - day).days + 1)]
    assert KUPANG.is_working(due)
    assert sum(map(KUPANG.is_working, span)) == n


@given(days, terms, terms)
def test_two_terms_one_after_the_other_are_one_longer_term(day, n, m):
    between = KUPANG.after(day, n, DayKind.WORKING)
    once = KUPANG.after(day, n + m, DayKind.WORKING)
    assert KUPANG.after(between, m, DayKind.WORKING) == once


@given(days, terms)
def test_holidays_never_shorten_a_term(day, n):
    assert KUPANG.after(day, n, DayKind.WORKING) >= BARE.after(day, n, DayKind.WORKING)
    assert KUPANG.after(day, n, DayKind.WORKING) >= KUPANG.after(
        day, n, DayKind.CALENDAR
    )


@given(st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001
def test_every_instant_lies_within_its_own_day(naive):
    at = naive.replace(tzinfo=UTC)
    day = KUPANG.date_of(at)
    assert KUPANG.start_of(day) <= at < KUPANG.end_of(day)
