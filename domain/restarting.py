"""The clocks that rest on a fact, as they run when the fact is another."""

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from domain import deadlines
from domain.calendar import Calendar
from domain.case import ANSWERED, Case
from domain.channel_standard import ClockStart
from domain.clocks import RunningClock
from domain.due import Due
from domain.intake import starts
from domain.rejudging import retold
from domain.standard import ServiceStandard
from domain.values import Clock, CorrectableFact, DayKind

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
    calendar_of: Callable[[str], Calendar],
) -> Iterator[RunningClock]:
    """The clocks that rest on a fact; the case has it already as it should be.

    Each begins by the rule that began it and is moved by what has moved it since; when
    it was met or stopped stays. `standard` is the case's own; `calendar_of` gives the
    calendar of an edition.
    """
    for clock in case.clocks:
        if _rests_on(clock, case, of, fact):
            begun = _begun(case, clock, standard, calendar_of)
            again = retold(case, begun, calendar_of)
            yield replace(again, met_at=clock.met_at, stopped_at=clock.stopped_at)


def _rests_on(clock: RunningClock, case: Case, of: int, fact: CorrectableFact) -> bool:
    """Whether it began with the fact, or was moved since by an act of that time."""
    name = clock.due.clock
    began = case.started_in.get(name)
    if fact is not CorrectableFact.OCCURRED_AT:
        return began == of and fact in OF_A_START and name in ANSWERED
    moved = {one.version for one in case.movements if one.is_act and name in one.clocks}
    return began is not None and (began == of or (of > began and of in moved))


def _begun(
    case: Case,
    clock: RunningClock,
    standard: ServiceStandard,
    calendar_of: Callable[[str], Calendar],
) -> Due:
    name = clock.due.clock
    at = case.times[case.started_in[name] - 1]
    calendar = calendar_of(case.started_under[name])
    match name:
        case Clock.STANDARD | Clock.STATUTE:
            return _as_received(case, name, standard, calendar)
        case Clock.OBJECTION:
            return deadlines.objection(at, standard.statute, calendar)
        case Clock.LAPOR_AUTO_CLOSE:
            return deadlines.lapor_auto_close(at, standard.lapor_terms, calendar)
        case _:  # the day for a completion was told as a date
            days = (clock.due.due_on - calendar.date_of(at)).days
            return deadlines.term(name, at, days, DayKind.CALENDAR, calendar)


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
