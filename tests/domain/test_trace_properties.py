"""Due date, due instant and trace of a term always agree.

They depend on nothing but the facts and the calendar.
"""

import time
from datetime import datetime, timedelta

import msgspec
import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from application.office import calendars
from domain.calendar import HolidayKind
from domain.trace import Why, trace
from domain.values import ClockState, DayKind
from tests.domain.drawn_terms import (
    DAY,
    HOLIDAYS,
    KUPANG,
    TICK,
    also,
    extensions,
    instants,
    kinds,
    lengths,
    moved,
    rests,
    spans,
    started,
    zones,
)
from tests.domain.resting import pause
from tests.golden import second_method


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
