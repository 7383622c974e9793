"""What an entry did to a case's clocks, as `movements` keeps it."""

from msgspec.structs import replace

from domain import events
from domain.case import ANSWERED, Case
from domain.clocks import Pause
from domain.due import Due
from domain.facts import By
from domain.movements import Movement, Resumption, editions_of
from domain.values import Clock, DayKind

MOVING = (
    events.DeadlineExtended,
    events.ClockPaused,
    events.ClockResumed,
    events.DeadlineRecomputed,
    events.FactCorrected,
)
"""Events that move clocks which run already."""


def rest_of(event: events.ClockPaused) -> Pause:
    """The pause that the entry tells."""
    return Pause(
        ground=event.ground,
        first=event.first,
        starts_at=event.starts_at,
        last=event.until,
        ends_at=event.ends_at,
    )


def moved_by(case: Case, event: events.CaseEvent, by: By) -> Movement | None:
    """The movement that an entry is, of the case before it; None for any other."""
    match event:
        case events.DeadlineExtended(working_days=days, notice_sent_at=sent_at):
            told_at = max(by.told_at or sent_at, sent_at)
            clocks = frozenset({Clock.STATUTE})
            movement = _movement(case, by, event.due, clocks)
            return replace(movement, told_at=told_at, extension=days)
        case events.ClockPaused(clocks=resting):
            movement = _movement(case, by, event.due, frozenset(resting))
            return replace(movement, pause=rest_of(event))
        case events.ClockResumed(on=on, ends_at=ends_at):
            movement = _movement(case, by, event.due, _unanswered(case))
            return replace(movement, resumption=Resumption(on=on, ends_at=ends_at))
        case events.DeadlineRecomputed(due=due):
            movement = _movement(case, by, due, frozenset(one.clock for one in due))
            return replace(movement, is_announcement=True)
        case events.FactCorrected(due=due) if due:
            return _movement(case, by, due, frozenset(one.clock for one in due))
        case _:
            return None


def _movement(
    case: Case, by: By, due: tuple[Due, ...], clocks: frozenset[Clock]
) -> Movement:
    return Movement(
        version=case.next_version,
        clocks=clocks,
        told_at=by.told_at,
        editions=editions_of(due),
    )


def _unanswered(case: Case) -> frozenset[Clock]:
    """The clocks that a resumption lets run: what was answered stays as it is."""
    return frozenset(
        clock.due.clock
        for clock in case.clocks
        if clock.due.clock in ANSWERED
        and clock.due.day_kind is not DayKind.MINUTES
        and clock.ended_at is None
    )
