"""What holds of every term, whenever received, however long, paused and extended.

Three things tell when a clock ends: its due date, its due instant and its trace. They
always agree, and depend on nothing but the facts and the calendar.
"""

import time
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from application.office import calendars
from domain import deadlines
from domain.calendar import Calendar, Holiday, HolidayKind
from domain.clocks import Pause, RunningClock
from domain.trace import Why, trace
from domain.values import Clock, ClockState, DayKind, Due
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


def working_days(first: date, last: date, calendar: Calendar = KUPANG) -> int:
    """How many there are from the first to the last, inclusive."""
    days = range((last - first).days + 1)
    return sum(calendar.is_working(first + n * DAY) for n in days)


def with_day_off(day: date) -> Calendar:
    freed = Holiday(date=day, name="x", kind=HolidayKind.LOCAL, decree="x")
    return replace(KUPANG, edition="more", holidays={**KUPANG.holidays, day: freed})


@given(instants, lengths, kinds, spans, st.integers(-5, 120))
def test_adding_a_holiday_never_shortens_a_term(at, length, kind, several, ahead):
    clock = moved(started(at, length, kind), *rests(at, several))
    more = with_day_off(KUPANG.date_of(at) + ahead * DAY)
    later = deadlines.recounted(clock, more)
    assert later.due_on >= clock.due.due_on
    assert also(later) >= also(clock.due)
    assert later.calendar_edition == "more"


@given(instants, lengths, st.integers(0, 120))
def test_a_holiday_inside_a_term_moves_it_to_the_next_working_day(at, length, ahead):
    clock = started(at, length)
    day = KUPANG.date_of(at) + ahead * DAY
    inside = KUPANG.date_of(at) < day <= clock.due.due_on and KUPANG.is_working(day)
    expected = KUPANG.after(clock.due.due_on, int(inside), DayKind.WORKING)
    more = with_day_off(day)
    assert deadlines.recounted(clock, more).due_on == expected


@given(instants, lengths, kinds, spans, st.sampled_from(sorted(HOLIDAYS.holidays)))
def test_removing_a_holiday_never_lengthens_a_term(at, length, kind, several, day):
    clock = moved(started(at, length, kind), *rests(at, several))
    fewer = {each: why for each, why in KUPANG.holidays.items() if each != day}
    earlier = deadlines.recounted(clock, replace(KUPANG, holidays=fewer))
    assert earlier.due_on <= clock.due.due_on
    assert also(earlier) <= also(clock.due)


@given(instants, lengths, kinds, st.data())
def test_a_pause_inside_a_term_moves_it_by_the_days_it_takes(at, length, kind, data):
    clock = started(at, length, kind)
    zero, due_on = KUPANG.date_of(at), clock.due.due_on
    first = data.draw(st.dates(zero + DAY, due_on))
    last = data.draw(st.dates(first, due_on))
    taken = {
        DayKind.WORKING: working_days(first, last),
        DayKind.CALENDAR: (last - first).days + 1,
    }
    after = moved(clock, pause(KUPANG, first, last))
    assert after.due.due_on == KUPANG.after(due_on, taken[kind], kind)


@given(instants, lengths, kinds, st.integers(0, 20), st.integers(0, 20))
def test_a_pause_outside_a_term_moves_nothing(at, length, kind, before, more):
    clock = started(at, length, kind)
    zero = KUPANG.date_of(at)
    assert moved(clock, pause(KUPANG, zero - before * DAY, zero)).due == clock.due
    ends = max(clock.due.due_on, also(clock.due))
    late = pause(KUPANG, ends + DAY, ends + (1 + more) * DAY)
    assert moved(clock, late).due == clock.due


@given(instants, lengths, kinds, spans, st.randoms(use_true_random=False))
def test_pauses_move_a_term_alike_in_any_order_and_one_by_one(
    at, length, kind, several, random
):
    pauses = rests(at, several)
    at_once = moved(started(at, length, kind), *pauses)
    shuffled = random.sample(pauses, len(pauses))
    one_by_one = started(at, length, kind)
    for each in shuffled:
        one_by_one = moved(one_by_one, each)
    assert one_by_one.due == at_once.due


@given(instants, lengths, kinds, spans, spans)
def test_one_more_pause_never_shortens_a_term(at, length, kind, several, more):
    clock = moved(started(at, length, kind), *rests(at, several))
    assert moved(clock, *rests(at, more)).due.due_on >= clock.due.due_on


@given(instants, lengths, kinds, spans)
def test_a_pause_told_in_two_parts_is_the_same_pause(at, length, kind, several):
    pauses = rests(at, several)
    parts = [
        pause(KUPANG, each.first + n * DAY, each.first + n * DAY)
        for each in pauses
        if each.last is not None
        for n in range((each.last - each.first).days + 1)
    ]
    clock = started(at, length, kind)
    assert moved(clock, *parts).due == moved(clock, *pauses).due


@given(instants, lengths, kinds, extensions)
def test_an_extension_of_n_moves_a_term_by_n(at, length, kind, extension):
    clock = started(at, length, kind)
    after = moved(clock, extension=extension).due
    assert after.due_on == KUPANG.after(clock.due.due_on, extension, kind)
    assert (after.length, after.extension) == (length, extension)


@given(instants, lengths, kinds, spans, extensions)
def test_an_extended_term_is_paused_like_one_that_was_so_long(
    at, length, kind, several, extension
):
    pauses = rests(at, several)
    extended = moved(started(at, length, kind), *pauses, extension=extension)
    longer = moved(started(at, length + extension, kind), *pauses)
    first_extended = moved(started(at, length, kind), extension=extension)
    assert extended.due.due_on == longer.due.due_on
    assert extended.due.also_due_on == longer.due.also_due_on
    assert moved(first_extended, *pauses).due == extended.due


@given(instants, lengths, kinds, spans, extensions)
def test_counting_anew_in_the_same_calendar_changes_nothing(
    at, length, kind, several, extension
):
    clock = moved(started(at, length, kind), *rests(at, several), extension=extension)
    assert deadlines.recounted(clock, KUPANG) == clock.due


@given(instants, lengths, kinds, spans)
def test_an_entry_that_does_not_tell_its_length_is_counted_alike(
    at, length, kind, several
):
    new = started(at, length, kind)
    old = replace(new, due=replace(new.due, length=0))
    pauses = rests(at, several)
    assert moved(old, *pauses).due == moved(new, *pauses).due


@given(instants, lengths, kinds, spans, extensions)
def test_trace_and_due_date_always_agree(at, length, kind, several, extension):
    clock = moved(started(at, length, kind), *rests(at, several), extension=extension)
    lines = trace(clock, KUPANG)
    zero = KUPANG.date_of(at)
    assert (lines[0].date, lines[0].counted, lines[0].n) == (zero, False, None)
    assert lines[0].why is Why.RECEIPT
    assert [line.date for line in lines] == [
        zero + n * DAY for n in range((clock.due.due_on - zero).days + 1)
    ]
    numbers = [line.n for line in lines if line.counted]
    assert numbers == list(range(1, length + extension + 1))
    assert (lines[-1].date, lines[-1].counted) == (clock.due.due_on, True)
    assert all(line.n is None for line in lines if not line.counted)


@given(instants, lengths, kinds, spans)
def test_every_day_of_a_trace_says_why(at, length, kind, several):
    clock = moved(started(at, length, kind), *rests(at, several))
    for line in trace(clock, KUPANG)[1:]:
        holiday = KUPANG.holidays.get(line.date)
        assert line.counted == (line.why in {Why.WORKING, Why.CALENDAR})
        match line.why:
            case Why.WORKING | Why.CALENDAR:
                assert line.why.value == kind.value
                assert not any(each.covers(line.date) for each in clock.pauses)
            case Why.PAUSED:
                assert any(each.covers(line.date) for each in clock.pauses)
                assert line.name == "menunggu pemohon"
            case Why.WEEKEND:
                assert KUPANG.is_weekend(line.date)
            case Why.HOLIDAY | Why.COLLECTIVE_LEAVE:
                assert holiday is not None
                assert (line.name, line.decree) == (holiday.name, holiday.decree)
                is_leave = holiday.kind is HolidayKind.COLLECTIVE_LEAVE
                assert is_leave == (line.why is Why.COLLECTIVE_LEAVE)
            case Why.RECEIPT:
                pytest.fail("the day of receipt stands twice")


@given(instants, lengths, kinds, zones, spans)
def test_a_term_ends_at_the_local_midnight_that_ends_its_last_day(
    at, length, kind, zone, several
):
    calendar = HOLIDAYS.calendar(zone)
    clock = started(at, length, kind, calendar)
    clock = moved(clock, *rests(at, several), calendar=calendar)
    local = calendar.local(clock.due.due_at)
    assert (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)
    assert local.date() == clock.due.due_on + DAY
    assert calendar.date_of(clock.due.due_at - TICK) == clock.due.due_on
    assert clock.state(clock.due.due_at) is ClockState.MISSED
    assert clock.state(clock.due.due_at - TICK) is not ClockState.MISSED


@given(instants, lengths, kinds, st.data())
def test_an_open_pause_moves_nothing_and_lets_nothing_run_out(at, length, kind, data):
    clock = started(at, length, kind)
    first = data.draw(st.dates(KUPANG.date_of(at), clock.due.due_on))
    resting = moved(clock, pause(KUPANG, first))
    assert resting.due == clock.due
    assert trace(resting, KUPANG) == trace(clock, KUPANG)
    long_after = clock.due.due_at + timedelta(days=1000)
    assert resting.state(long_after) is ClockState.PAUSED


@given(instants, lengths, kinds, spans)
def test_working_days_beyond_the_calendar_are_provisional(at, length, kind, several):
    clock = moved(started(at, length, kind), *rests(at, several))
    worked = {
        DayKind.WORKING: clock.due.due_on,
        DayKind.CALENDAR: also(clock.due),
    }
    known = all(map(KUPANG.reaches, (KUPANG.date_of(at), worked[kind])))
    assert clock.due.provisional == (not known)


def every_deadline() -> bytes:
    """The table's own deadlines with their traces, as our engine counts them now."""
    told = []
    places = {
        zone: calendars.load().calendar(zone) for zone in second_method.HOURS_EAST
    }
    for row in second_method.table():
        calendar = places[row.zone]
        at = datetime.fromisoformat(row.received_at)
        clock = started(at, int(row.length), DayKind(row.day_kind), calendar)
        clock = moved(clock, extension=int(row.extension), calendar=calendar)
        told.append((clock.due, trace(clock, calendar)))
    return msgspec.json.encode(told)


@pytest.fixture
def machine_in(monkeypatch):
    """Let the machine stand in another zone, as TZ says it."""

    def stands(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield stands
    monkeypatch.undo()
    time.tzset()


def test_no_deadline_depends_on_the_zone_of_the_machine(machine_in):
    told = set()
    for zone in ("UTC", "Asia/Jakarta", "America/New_York", "Pacific/Kiritimati"):
        machine_in(zone)
        told.add(every_deadline())
    assert len(told) == 1


def test_no_deadline_depends_on_the_day_on_which_it_is_asked():
    told = set()
    for today in ("2023-06-01", "2026-12-31T23:59:59+08:00", "2031-02-28"):
        with time_machine.travel(datetime.fromisoformat(today), tick=False):
            told.add(every_deadline())
    assert len(told) == 1
