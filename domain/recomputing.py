"""What a calendar that was announced late does to the clocks of one history.

Only what still runs moves: a verdict that was reached under the older edition stays.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from msgspec.structs import replace

from domain import events
from domain.calendar import Calendar
from domain.clocks import RunningClock
from domain.deadlines import length_of, never_past, recounted
from domain.due import Due
from domain.values import Clock, DayKind


def recompute(
    clocks: Iterable[RunningClock],
    at: datetime,
    counted_in: Callable[[str], Calendar],
    in_force: Calendar,
) -> events.DeadlineRecomputed | None:
    """The open clocks whose dates are others in the edition in force; None if none is.

    `counted_in` gives the calendar of the edition that a term names: entries of old
    do not say how long the term was by its rule, and it is counted back in that one.
    """
    moved: list[tuple[Due, Due]] = []
    for clock in clocks:
        if not (_follows_the_calendar(clock.due) and clock.is_open(at)):
            continue
        before = clock.due
        length = length_of(before, counted_in(before.calendar_edition))
        told = replace(clock, due=replace(before, length=length))
        anew = replace(told, due=recounted(told, in_force))
        after = never_past(anew, at, in_force)
        if _dates(before) != _dates(after):
            moved.append((before, after))
    if not moved:
        return None
    return events.DeadlineRecomputed(
        edition=in_force.edition,
        before=tuple(before for before, _ in moved),
        due=tuple(after for _, after in moved),
    )


def _follows_the_calendar(due: Due) -> bool:
    """Not a target, not minutes; and the date told to the requester is kept to."""
    told_by_date = due.clock is Clock.COMPLETION
    return not (due.soft or told_by_date or due.day_kind is DayKind.MINUTES)


def _dates(due: Due) -> tuple[date, datetime, date | None, bool, date | None]:
    return due.due_on, due.due_at, due.also_due_on, due.provisional, due.not_before
