"""A clock of a case as it runs: started, moved, at rest, met or stopped.

Pure functions of facts. Instants are UTC; days are the agency's local days.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

import msgspec
from msgspec.structs import replace

from domain.due import Due
from domain.values import Clock, ClockState

_DAY = timedelta(days=1)


class Pause(msgspec.Struct, frozen=True):
    """Local days that are not counted, the first and the last included."""

    ground: str
    first: date
    starts_at: datetime
    """The local midnight that begins the first day."""
    last: date | None = None
    """None while nobody has said when the clock runs again."""
    ends_at: datetime | None = None
    """The local midnight that ends the last day, exclusive."""

    def covers(self, day: date) -> bool:
        """Whether the day is not counted; an open pause covers none that is over."""
        return self.last is not None and self.first <= day <= self.last

    def is_in_force(self, at: datetime) -> bool:
        """Whether the clock rests at that instant."""
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


class RunningClock(msgspec.Struct, frozen=True, omit_defaults=True):
    """A clock of a case: as it was started or moved, and how it ended."""

    due: Due
    met_at: datetime | None = None
    stopped_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    late_since: datetime | None = None
    """When it had run out before a later act moved it: nothing makes up for that."""

    @property
    def ended_at(self) -> datetime | None:
        """When it was met or stopped; none while it runs or is missed."""
        return self.met_at or self.stopped_at

    def ran_out(self, at: datetime) -> bool:
        """Whether the term was over by then; while it rests it does not end."""
        if self.late_since is not None:
            return True
        return at >= self.due.due_at and not self.has_no_end

    @property
    def has_no_end(self) -> bool:
        """Whether it rests, or will before it ends, until somebody lets it run."""
        return self.late_since is None and any(
            pause.ends_at is None and pause.starts_at < self.due.due_at
            for pause in self.pauses
        )

    @property
    def late_from(self) -> datetime | None:
        """The instant from which an answer is late; none while nobody can tell."""
        if self.late_since is not None:
            return self.late_since
        return None if self.has_no_end else self.due.due_at

    def state(self, now: datetime) -> ClockState:
        """How it stands; a term that ran out unmet is missed for good."""
        if self.ran_out(self.ended_at or now):
            return ClockState.MISSED
        if self.met_at is not None:
            return ClockState.MET
        if self.stopped_at is not None:
            return ClockState.STOPPED
        if not self.pauses:
            return ClockState.RUNNING
        rests = any(pause.is_in_force(now) for pause in self.pauses)
        return ClockState.PAUSED if rests else ClockState.RUNNING

    def is_open(self, now: datetime) -> bool:
        """Whether it may still be moved: neither met, nor stopped, nor missed."""
        return self.state(now) in {ClockState.RUNNING, ClockState.PAUSED}


Clocks = tuple[RunningClock, ...]


def with_started(clocks: Clocks, started: Iterable[Due]) -> Clocks:
    """The clocks after some were started, or started anew."""
    anew = tuple(RunningClock(due=due) for due in started)
    replaced = {clock.due.clock for clock in anew}
    kept = tuple(clock for clock in clocks if clock.due.clock not in replaced)
    return kept + anew


def with_restarted(clocks: Clocks, started: Iterable[Due]) -> Clocks:
    """The clocks after some began anew; a pause that is not over by then goes on."""
    former = {clock.due.clock: clock for clock in clocks}

    def anew(clock: RunningClock) -> RunningClock:
        before = former.get(clock.due.clock)
        if before is None or clock is before:
            return clock
        resting = replace(clock, pauses=before.pauses)
        return still_at_rest(resting, clock.due.starts_at)

    return tuple(anew(clock) for clock in with_started(clocks, started))


def still_at_rest(clock: RunningClock, at: datetime) -> RunningClock:
    """The clock with those of its pauses that are not over by then."""
    rest = (one for one in clock.pauses if one.ends_at is None or one.ends_at > at)
    return replace(clock, pauses=tuple(rest))


def with_moved(
    clocks: Clocks, moved: Iterable[Due], missed: Collection[Clock] = ()
) -> Clocks:
    """The clocks after some were moved; those in `missed` had run out before."""
    anew = {due.clock: due for due in moved}

    def late_since(clock: RunningClock) -> datetime | None:
        return clock.due.due_at if clock.due.clock in missed else None

    return tuple(
        replace(
            clock,
            due=anew.get(clock.due.clock, clock.due),
            late_since=clock.late_since or late_since(clock),
        )
        for clock in clocks
    )


def with_moved_on(
    clocks: Clocks, moved: Iterable[Due], missed: Collection[Clock] = ()
) -> Clocks:
    """As `with_moved`; what had been met is owed again."""
    due = tuple(moved)
    owed_again = {one.clock for one in due}
    return tuple(
        replace(clock, met_at=None) if clock.due.clock in owed_again else clock
        for clock in with_moved(clocks, due, missed)
    )


def with_told_anew(
    clocks: Clocks, told: Iterable[Due], late_since: Mapping[Clock, datetime]
) -> Clocks:
    """The clocks after some were told from their beginning, with what was missed."""
    anew = {due.clock: due for due in told}

    def told_anew(clock: RunningClock) -> RunningClock:
        due = anew.get(clock.due.clock)
        if due is None:
            return clock
        return replace(clock, due=due, late_since=late_since.get(due.clock))

    return tuple(map(told_anew, clocks))


def with_met(clocks: Clocks, met: Collection[Clock], at: datetime) -> Clocks:
    """The clocks after an answer; the first one counts."""
    return tuple(
        replace(clock, met_at=at)
        if clock.due.clock in met and clock.ended_at is None
        else clock
        for clock in clocks
    )


def with_met_instead(clocks: Clocks, met: Collection[Clock], at: datetime) -> Clocks:
    """The clocks after the time of the answer that met them was corrected."""
    return tuple(
        replace(clock, met_at=at)
        if clock.due.clock in met and clock.met_at is not None
        else clock
        for clock in clocks
    )


def with_stopped_instead(clocks: Clocks, at: datetime) -> Clocks:
    """The clocks after the time at which the request left was corrected."""
    return tuple(
        replace(clock, stopped_at=at) if clock.stopped_at is not None else clock
        for clock in clocks
    )


def with_stopped(clocks: Clocks, at: datetime) -> Clocks:
    """The clocks when there is nothing left to answer."""
    return tuple(
        replace(clock, stopped_at=at) if clock.ended_at is None else clock
        for clock in clocks
    )


def with_paused(clocks: Clocks, paused: Collection[Clock], pause: Pause) -> Clocks:
    """The clocks after some were laid to rest."""
    return tuple(
        replace(clock, pauses=(*clock.pauses, pause))
        if clock.due.clock in paused
        else clock
        for clock in clocks
    )


def with_resumed(clocks: Clocks, on: date, ends_at: datetime) -> Clocks:
    """The clocks when what rested runs again from a local day on.

    Of a pause that had not begun by then nothing is left. What was met or stopped
    meanwhile stays as it was.
    """

    def cut(pause: Pause) -> Pause:
        if pause.last is not None and pause.last < on:
            return pause
        return replace(pause, last=on - _DAY, ends_at=ends_at)

    def resumed(clock: RunningClock) -> RunningClock:
        cuts = tuple(cut(pause) for pause in clock.pauses)
        left = tuple(one for one in cuts if one.last is None or one.first <= one.last)
        return replace(clock, pauses=left)

    return tuple(
        resumed(clock) if clock.pauses and clock.ended_at is None else clock
        for clock in clocks
    )
