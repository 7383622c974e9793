"""The clocks that rest on a fact, as they run when the fact is another."""

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from domain import deadlines
from domain.calendar import Calendar
from domain.case import ANSWERED, Case
from domain.channel_standard import ClockStart
from domain.clocks import RunningClock
from domain.intake import starts
from domain.standard import ServiceStandard
from domain.values import Clock, CorrectableFact, Due

OF_A_START = frozenset(
    {
        CorrectableFact.RECEIVED_BY_REGIONAL_SECRETARY_AT,
        CorrectableFact.SUBMITTED_AT,
    }
)
"""Facts of the receipt, besides its own time, from which a clock may count."""


def restarted(
    case: Case,
    of: int,
    fact: CorrectableFact,
    standard: ServiceStandard,
    calendar_of: Callable[[RunningClock], Calendar],
) -> Iterator[Due]:
    """The clocks that move with a fact; the case has it already as it should be.

    Each begins by the rule that began it, and keeps its extension and its pauses.
    `standard` is the case's own; `calendar_of` says in which calendar a clock counts.
    """
    for clock in case.clocks:
        if case.started_in.get(clock.due.clock) != of:
            continue
        is_of_start = fact in OF_A_START and clock.due.clock in ANSWERED
        if fact is CorrectableFact.OCCURRED_AT or is_of_start:
            due = _begun(case, clock, standard, calendar_of(clock))
            if due != clock.due:
                yield due


def _begun(
    case: Case, clock: RunningClock, standard: ServiceStandard, calendar: Calendar
) -> Due:
    at = case.times[case.started_in[clock.due.clock] - 1]
    match clock.due.clock:
        case Clock.STANDARD | Clock.STATUTE:
            begun = _as_received(case, clock.due.clock, standard, calendar)
            longer = replace(begun, extension=clock.due.extension)
            return deadlines.recounted(replace(clock, due=longer), calendar)
        case Clock.OBJECTION:
            return deadlines.objection(at, standard.statute, calendar)
        case Clock.LAPOR_AUTO_CLOSE:
            return deadlines.lapor_auto_close(at, standard.lapor_terms, calendar)
        case _:  # the day for a completion was told as a date
            return replace(clock.due, starts_at=at)


def _as_received(
    case: Case, clock: Clock, standard: ServiceStandard, calendar: Calendar
) -> Due:
    """By the rule of intake; what a completion restarts counts from it alone."""
    offered = standard.channel(case.channel)
    assert offered is not None  # the case came in by it, under this very standard
    version = case.started_in[clock]
    at = case.times[version - 1]
    begun = deadlines.on_receipt(
        offered,
        standard.statute,
        standard.office_hours,
        calendar,
        starts(at, case.letter, case.lapor)
        if version == 1
        else dict.fromkeys(ClockStart, at),
    )
    return next(due for due in begun if due.clock is clock)
