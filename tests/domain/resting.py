"""Pauses, extensions and late holidays as tests tell them, with what they move."""

from collections.abc import Iterable
from datetime import date, datetime

from msgspec.structs import replace

from domain import deadlines, events
from domain.calendar import Calendar
from domain.case import ANSWERED, Case
from domain.clocks import Pause, RunningClock, with_paused, with_resumed
from domain.due import Due
from domain.values import Clock
from tests.domain.offices import BPPD, HEAD, OFFICES
from tests.domain.scenarios import Happened

CALENDAR = OFFICES[BPPD].calendar


def pause(calendar: Calendar, first: date, last: date | None = None) -> Pause:
    """A pause over these days; open where nobody has said until when."""
    return Pause(
        ground="menunggu pemohon",
        first=first,
        starts_at=calendar.start_of(first),
        last=last,
        ends_at=None if last is None else calendar.end_of(last),
    )


def _counted(
    clocks: Iterable[RunningClock], calendar: Calendar = CALENDAR
) -> tuple[Due, ...]:
    answered = (clock for clock in clocks if clock.due.clock in ANSWERED)
    return tuple(deadlines.recounted(clock, calendar) for clock in answered)


def rested(case: Case, at: datetime, first: date, last: date | None = None) -> Happened:
    """The head let the answer's clocks rest over these days."""
    told = pause(CALENDAR, first, last)
    event = events.ClockPaused(
        ground=told.ground,
        first=first,
        starts_at=told.starts_at,
        clocks=tuple(sorted(ANSWERED)),
        until=last,
        ends_at=told.ends_at,
        due=() if last is None else _counted(with_paused(case.clocks, ANSWERED, told)),
    )
    return Happened(event, by=HEAD, at=at)


def resumed(case: Case, at: datetime) -> Happened:
    """The head let them run again."""
    on = CALENDAR.date_of(at)
    ends_at = CALENDAR.start_of(on)
    due = _counted(with_resumed(case.clocks, on, ends_at))
    event = events.ClockResumed(on=on, ends_at=ends_at, due=due)
    return Happened(event, by=HEAD, at=at)


def extended(case: Case, at: datetime, days: int = 7) -> Happened:
    """The head extended the statute, in time or not."""
    clock = case.clock(Clock.STATUTE)
    assert clock is not None
    longer = replace(clock, due=replace(clock.due, extension=days))
    event = events.DeadlineExtended(
        working_days=days,
        reason="informasi belum dikuasai",
        notice_sent_at=at,
        missed=(Clock.STATUTE,) if clock.ran_out(at) else (),
        due=(deadlines.recounted(longer, CALENDAR),),
    )
    return Happened(event, by=HEAD, at=at)


def recomputed(case: Case, at: datetime, calendar: Calendar) -> Happened:
    """A calendar that was announced late moved the clocks."""
    before = tuple(one.due for one in case.clocks if one.due.clock in ANSWERED)
    event = events.DeadlineRecomputed(
        edition=calendar.edition, before=before, due=_counted(case.clocks, calendar)
    )
    return Happened(event, by=HEAD, at=at)
