"""Terms of any length and kind, received, paused and extended at any time."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st
from msgspec.structs import replace

from application.office import calendars
from domain import deadlines
from domain.calendar import Calendar
from domain.clocks import Pause, RunningClock
from domain.due import Due
from domain.values import Clock, DayKind
from tests.domain.resting import pause
from tests.golden import second_method

HOLIDAYS = calendars.load()
KUPANG = HOLIDAYS.calendar("Asia/Makassar")
DAY, TICK = timedelta(days=1), timedelta(microseconds=1)
OTHER = {DayKind.CALENDAR: DayKind.WORKING, DayKind.WORKING: DayKind.CALENDAR}

instants = st.datetimes(
    datetime(2023, 11, 1),  # noqa: DTZ001
    datetime(2028, 2, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
kinds = st.sampled_from((DayKind.WORKING, DayKind.CALENDAR))
lengths = st.integers(1, 60)
extensions = st.integers(0, 7)
zones = st.sampled_from(sorted(second_method.HOURS_EAST))
spans = st.lists(st.tuples(st.integers(-5, 60), st.integers(0, 12)), max_size=4)
"""Pauses: so many days after the receipt, for so many days more than one."""


def started(
    at: datetime,
    length: int,
    kind: DayKind = DayKind.WORKING,
    calendar: Calendar = KUPANG,
) -> RunningClock:
    due = deadlines.term(Clock.STATUTE, at, length, kind, calendar, also=OTHER[kind])
    return RunningClock(due=due)


def moved(
    clock: RunningClock,
    *pauses: Pause,
    extension: int = 0,
    calendar: Calendar = KUPANG,
) -> RunningClock:
    """The clock after pauses and an extension, counted anew."""
    due = replace(clock.due, extension=clock.due.extension + extension)
    clock = replace(clock, due=due, pauses=(*clock.pauses, *pauses))
    return replace(clock, due=deadlines.recounted(clock, calendar))


def rests(at: datetime, spans: list[tuple[int, int]]) -> tuple[Pause, ...]:
    zero = KUPANG.date_of(at)
    return tuple(
        pause(KUPANG, zero + first * DAY, zero + (first + more) * DAY)
        for first, more in spans
    )


def also(due: Due) -> date:
    """Its other reading, which every clock here has."""
    assert due.also_due_on is not None
    return due.also_due_on
