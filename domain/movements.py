"""What moved the clocks of a case, entry by entry: for telling a clock again.

A fact may turn out to have been entered wrongly. The clock that rests on it is then
told from its beginning, with everything that moved it since; see rejudging.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import msgspec

from domain.clocks import (
    Clocks,
    Pause,
    RunningClock,
    still_at_rest,
    with_paused,
    with_resumed,
)
from domain.due import Due
from domain.values import Clock


class Resumption(msgspec.Struct, frozen=True):
    """From when on clocks run again; see `ClockResumed`."""

    on: date
    ends_at: datetime


class Movement(msgspec.Struct, frozen=True):
    """One entry that moved clocks; without one of the three it counted them anew."""

    version: int
    clocks: frozenset[Clock]
    """Those it was about: what had been met or stopped before is not among them."""
    told_at: datetime | None = None
    """No sooner was it told, however early it happened."""
    editions: Mapping[Clock, str] = {}
    """The calendar's edition in which it counted each clock that it moved."""
    extension: int = 0
    pause: Pause | None = None
    resumption: Resumption | None = None
    is_announcement: bool = False
    """Of a late calendar, which ends no term in the past."""

    @property
    def is_act(self) -> bool:
        """Whether somebody moved the clocks, who may have come too late."""
        return bool(self.extension or self.pause or self.resumption)

    def rest(self, clock: RunningClock) -> RunningClock:
        """The clock with the pauses it has afterwards; its dates as they were."""
        clocks: Clocks = (clock,)
        if self.pause is not None:
            clocks = with_paused(clocks, {clock.due.clock}, self.pause)
        if self.resumption is not None:
            said = self.resumption
            clocks = with_resumed(clocks, said.on, said.ends_at)
        return clocks[0]


def editions_of(moved: Iterable[Due]) -> Mapping[Clock, str]:
    """In which edition each clock that was moved is counted."""
    return {due.clock: due.calendar_edition for due in moved}


def pauses(movements: Sequence[Movement], due: Due, begun_in: int) -> tuple[Pause, ...]:
    """Where a clock rests that an entry began; a pause that was not over goes on."""
    clock = RunningClock(due=due)
    about = [one for one in movements if due.clock in one.clocks]
    for one in about:
        if one.version < begun_in:
            clock = one.rest(clock)
    clock = still_at_rest(clock, due.starts_at)
    for one in about:
        if one.version > begun_in:
            clock = one.rest(clock)
    return clock.pauses
