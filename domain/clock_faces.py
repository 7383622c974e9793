"""Clocks as people read them at an instant, told in the agency's zone."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import msgspec

from domain.calendar import Calendar
from domain.clocks import RunningClock
from domain.deadlines import dispute, objection
from domain.due import Due
from domain.terms import Statute
from domain.values import Clock, ClockState, DayKind


class ClockFace(msgspec.Struct, frozen=True):
    """A clock as people read it at an instant; times in the agency's zone."""

    clock: Clock
    day_kind: DayKind
    starts_at: datetime
    due_on: date
    due_at: datetime
    also_due_on: date | None
    soft: bool
    state: ClockState
    met_at: datetime | None
    calendar_edition: str
    provisional: bool


def _without(
    clocks: Iterable[RunningClock], sought: Clock, successor: Clock
) -> RunningClock | None:
    """The clock that is sought, while the one that follows it has not started."""
    found = None
    for clock in clocks:
        if clock.due.clock is successor:
            return None
        if clock.due.clock is sought:
            found = clock
    return found


def after_silence(
    clocks: Iterable[RunningClock],
    terms: Statute,
    calendar: Calendar,
    now: datetime,
) -> Due | None:
    """The objection clock that starts by itself when the statute ran out unanswered.

    Its day zero is the statute's last day. None while the statute runs, was met in
    time or stopped, or when an answer has started the clock.
    """
    statute = _without(clocks, Clock.STATUTE, Clock.OBJECTION)
    if statute is None or statute.state(now) is not ClockState.MISSED:
        return None
    # A later act may have moved what had run out; the silence began before.
    ended_at = statute.late_since or statute.due.due_at
    last_moment = ended_at - timedelta(microseconds=1)
    return objection(last_moment, terms, calendar)


def after_the_superiors_silence(
    clocks: Iterable[RunningClock],
    terms: Statute,
    calendar: Calendar,
    now: datetime,
) -> Due | None:
    """The dispute clock that starts by itself when the superior's time ran out.

    UU 14/2008 art. 37(2); its day zero is the last day of that time. None while the
    time runs, when he answered in it, and when a later answer has started the clock.
    """
    reply = _without(clocks, Clock.OBJECTION_REPLY, Clock.DISPUTE)
    if reply is None or reply.state(now) is not ClockState.MISSED:
        return None
    last_moment = reply.due.due_at - timedelta(microseconds=1)
    return dispute(last_moment, terms, calendar)


def started(
    clocks: tuple[RunningClock, ...], terms: Statute, calendar: Calendar, now: datetime
) -> tuple[RunningClock, ...]:
    """Every clock that has started by `now`, also those that start by themselves."""
    by_themselves = (
        after_silence(clocks, terms, calendar, now),
        after_the_superiors_silence(clocks, terms, calendar, now),
    )
    return (*clocks, *(RunningClock(due=due) for due in by_themselves if due))


def face(clock: RunningClock, calendar: Calendar, now: datetime) -> ClockFace:
    """A clock as it stands at `now`."""
    local = calendar.local
    return ClockFace(
        clock=clock.due.clock,
        day_kind=clock.due.day_kind,
        starts_at=local(clock.due.starts_at),
        due_on=clock.due.due_on,
        due_at=local(clock.due.due_at),
        also_due_on=clock.due.also_due_on,
        soft=clock.due.soft,
        state=clock.state(now),
        met_at=None if clock.met_at is None else local(clock.met_at),
        calendar_edition=clock.due.calendar_edition,
        provisional=clock.due.provisional,
    )


def faces(
    clocks: tuple[RunningClock, ...], terms: Statute, calendar: Calendar, now: datetime
) -> tuple[ClockFace, ...]:
    """Every clock that has started, as it stands at `now`."""
    running = started(clocks, terms, calendar, now)
    return tuple(face(clock, calendar, now) for clock in running)
