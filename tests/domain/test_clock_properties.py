"""What moves a term, and by how much: holidays, pauses and extensions.

Traces, instants and the machine's own time stand in `test_trace_properties.py`.
"""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain import deadlines
from domain.calendar import Calendar, Holiday, HolidayKind
from domain.values import DayKind
from tests.domain.drawn_terms import (
    DAY,
    HOLIDAYS,
    KUPANG,
    also,
    extensions,
    instants,
    kinds,
    lengths,
    moved,
    rests,
    spans,
    started,
)
from tests.domain.resting import pause


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
