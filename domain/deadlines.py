"""Clocks: when a term ends, and how it stands at a given instant.

Pure functions of facts and a calendar's edition. Day of receipt is day zero; a day
ends when the agency's local day ends; instants are UTC.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import msgspec

from domain.calendar import Calendar
from domain.channel_standard import ChannelStandard, ClockStart
from domain.terms import OfficeHours, Statute
from domain.values import Clock, ClockState, DayKind, Due


class RunningClock(msgspec.Struct, frozen=True):
    """A clock of a case: as it was started, and whether it was met or stopped."""

    due: Due
    met_at: datetime | None = None
    stopped_at: datetime | None = None

    @property
    def ended_at(self) -> datetime | None:
        """When it was met or stopped; none while it runs or is missed."""
        return self.met_at or self.stopped_at

    def state(self, now: datetime) -> ClockState:
        """How it stands; a term that ran out unmet is missed for good."""
        if (self.ended_at or now) >= self.due.due_at:
            return ClockState.MISSED
        if self.met_at is not None:
            return ClockState.MET
        return ClockState.RUNNING if self.stopped_at is None else ClockState.STOPPED


def term(
    clock: Clock,
    starts_at: datetime,
    days: int,
    kind: DayKind,
    calendar: Calendar,
    *,
    also: DayKind | None = None,
) -> Due:
    """A term of so many days after the local day of `starts_at`.

    `also` is another reading of the same sentence, shown beside.
    """
    day_zero = calendar.date_of(starts_at)
    readings = {
        each: calendar.after(day_zero, days, each) for each in (kind, also) if each
    }
    due_on = readings[kind]
    worked = readings.get(DayKind.WORKING)
    counted = () if worked is None else (day_zero, worked)
    return Due(
        clock=clock,
        day_kind=kind,
        starts_at=starts_at,
        due_on=due_on,
        due_at=calendar.end_of(due_on),
        also_due_on=None if also is None else readings[also],
        calendar_edition=calendar.edition,
        provisional=not all(calendar.reaches(day) for day in counted),
    )


def minutes(
    clock: Clock, starts_at: datetime, length: int, calendar: Calendar, *, soft: bool
) -> Due:
    """A target of so many minutes after `starts_at`."""
    due_at = starts_at + timedelta(minutes=length)
    return Due(
        clock=clock,
        day_kind=DayKind.MINUTES,
        starts_at=starts_at,
        due_on=calendar.date_of(due_at),
        due_at=due_at,
        soft=soft,
        calendar_edition=calendar.edition,
    )


def counted_from(at: datetime, hours: OfficeHours, calendar: Calendar) -> datetime:
    """The instant whose local day is day zero of something received at `at`.

    Where the standard says so, what came after closing or on a free day counts from the
    next working day's opening; else every receipt counts from itself.
    """
    local = calendar.local(at)
    in_time = calendar.is_working(local.date()) and local.time() <= hours.closes
    if in_time or not hours.late_receipt_counts_next_day:
        return at
    next_day = calendar.after(local.date(), 1, DayKind.WORKING)
    return calendar.instant(next_day, hours.opens)


def on_receipt(
    channel: ChannelStandard,
    statute: Statute,
    hours: OfficeHours,
    calendar: Calendar,
    starts: Mapping[ClockStart, datetime],
) -> tuple[Due, ...]:
    """Both clock families of a new request: the agency's promise and the statute.

    UU 14/2008 art. 22(7): ten working days; the promise is the standard's own. The
    standard names for each the instant from which it counts. Minutes are a visitor's
    and count at once; SP4N-LAPOR! never closes, so no submission is late.
    """

    def day_zero(start: ClockStart) -> datetime:
        if start is ClockStart.SUBMITTED:
            return starts[start]
        return counted_from(starts[start], hours, calendar)

    target = channel.target
    promise = (
        minutes(
            Clock.STANDARD,
            starts[target.starts],
            target.value,
            calendar,
            soft=target.soft,
        )
        if target.day_kind is DayKind.MINUTES
        else term(
            Clock.STANDARD,
            day_zero(target.starts),
            target.value,
            target.day_kind,
            calendar,
            also=target.also,
        )
    )
    law = term(
        Clock.STATUTE,
        day_zero(channel.statute_starts),
        statute.answer,
        DayKind.WORKING,
        calendar,
    )
    return (promise, law)


def objection(starts_at: datetime, statute: Statute, calendar: Calendar) -> Due:
    """How long the requester may object: UU 14/2008 art. 36(1)."""
    return term(
        Clock.OBJECTION,
        starts_at,
        statute.objection,
        DayKind.WORKING,
        calendar,
    )


def with_started(
    clocks: tuple[RunningClock, ...], started: Iterable[Due]
) -> tuple[RunningClock, ...]:
    """The clocks after some were started, or started anew."""
    anew = tuple(RunningClock(due=due) for due in started)
    replaced = {clock.due.clock for clock in anew}
    kept = tuple(clock for clock in clocks if clock.due.clock not in replaced)
    return kept + anew


def with_met(
    clocks: tuple[RunningClock, ...], met: frozenset[Clock], at: datetime
) -> tuple[RunningClock, ...]:
    """The clocks after an answer; the first one counts."""
    return tuple(
        RunningClock(due=clock.due, met_at=at)
        if clock.due.clock in met and clock.ended_at is None
        else clock
        for clock in clocks
    )


def with_stopped(
    clocks: tuple[RunningClock, ...], at: datetime
) -> tuple[RunningClock, ...]:
    """The clocks when there is nothing left to answer."""
    return tuple(
        RunningClock(due=clock.due, stopped_at=at) if clock.ended_at is None else clock
        for clock in clocks
    )
