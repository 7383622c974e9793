"""A clock told again from its beginning, as it runs with facts that are right.

Every act that moved it is judged anew: told when its term, as it then stood, had run
out, it moves the clock and leaves the miss; told in time, there was none.
"""

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from domain.calendar import Calendar
from domain.case import Case
from domain.clocks import RunningClock
from domain.deadlines import never_past, recounted
from domain.due import Due
from domain.movements import Movement, pauses


def retold(
    case: Case, begun: Due, calendar_of: Callable[[str], Calendar]
) -> RunningClock:
    """The clock that began so, moved by all that moved it since, unanswered as yet.

    Each time it is counted in the edition in which it was counted then.
    """
    since = case.started_in[begun.clock]
    about = [one for one in case.movements if begun.clock in one.clocks]
    before = [one for one in about if one.version < since]
    clock = RunningClock(due=begun, pauses=pauses(before, begun, since))
    clock = counted(clock, calendar_of(begun.calendar_edition))
    for one in about:
        if one.version > since:
            clock = _moved(clock, one, _told_at(case, one), calendar_of)
    return clock


def counted(clock: RunningClock, calendar: Calendar) -> RunningClock:
    """The clock with its dates as a calendar has them."""
    return replace(clock, due=recounted(clock, calendar))


def _told_at(case: Case, movement: Movement) -> datetime:
    at = case.times[movement.version - 1]
    if movement.is_announcement:
        # Nobody's act: it came when it was told, whatever time it was given since.
        return movement.told_at or at
    return max(at, movement.told_at or at)


def _moved(
    clock: RunningClock,
    movement: Movement,
    told_at: datetime,
    calendar_of: Callable[[str], Calendar],
) -> RunningClock:
    due = clock.due
    calendar = calendar_of(movement.editions.get(due.clock, due.calendar_edition))
    has_run_out = clock.ran_out(told_at)
    if movement.is_act:
        clock = replace(
            clock,
            due=replace(due, extension=movement.extension or due.extension),
            late_since=clock.late_since or (due.due_at if has_run_out else None),
        )
        return counted(movement.rest(clock), calendar)
    if has_run_out:  # a verdict stays, whatever calendar comes afterwards
        return clock
    clock = counted(clock, calendar)
    if not movement.is_announcement:
        return clock
    return replace(clock, due=never_past(clock, told_at, calendar))
