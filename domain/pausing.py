"""Letting the answer's clocks rest, and run again (jeda)."""

from datetime import date, datetime

from domain import commands, errors, events
from domain.case import ANSWERED, UNANSWERED, Case
from domain.clocks import Clocks, Pause, with_paused, with_resumed
from domain.due import Due
from domain.facts import Fact, facts
from domain.office import Act, Office
from domain.values import Clock, DayKind


def able_to_rest(case: Case) -> Clocks:
    """The answer's clocks that count days and that nothing has met or stopped."""
    return tuple(
        clock
        for clock in case.clocks
        if clock.due.clock in ANSWERED
        and clock.due.day_kind is not DayKind.MINUTES
        and clock.ended_at is None
    )


def pause(
    case: Case, command: commands.Pause, act: Act, office: Office
) -> tuple[Fact, ...]:
    """The clocks rest from a local day on, to another or until somebody says so.

    Any number of pauses may follow each other, also known beforehand. What had run
    out when the pause was told stays missed, whatever day it is said to begin.
    """
    case.must_be(*UNANSWERED)
    clocks = able_to_rest(case)
    if not clocks:  # answered before it was opened again
        raise errors.WrongStageError(case.stage, ("unanswered",))
    case.must_be_addressed_to(act.roles)
    first, until = command.first, command.until
    if until is not None and until < first:
        raise errors.PauseEndsBeforeStartError(first, until)
    office.must_be_near(until or first, act.occurred_at)
    received_on = office.calendar.date_of(case.times[0])
    if first < received_on:
        raise errors.PauseBeforeReceiptError(first, received_on)
    if any(_overlaps(one, first, until) for clock in clocks for one in clock.pauses):
        raise errors.AlreadyPausedError
    told = Pause(
        ground=command.ground,
        first=first,
        starts_at=office.calendar.start_of(first),
        last=until,
        ends_at=None if until is None else office.calendar.end_of(until),
    )
    resting = tuple(clock.due.clock for clock in clocks)
    return facts(
        events.ClockPaused(
            ground=told.ground,
            first=first,
            starts_at=told.starts_at,
            clocks=resting,
            until=until,
            ends_at=told.ends_at,
            missed=_run_out(clocks, act),
            due=_moved(with_paused(clocks, resting, told), clocks, office),
        )
    )


def resume(case: Case, act: Act, office: Office) -> tuple[Fact, ...]:
    """From the local day of the act on the clocks count again.

    Of pauses known beforehand, those that had not begun are taken back.
    """
    case.must_be(*UNANSWERED)
    case.must_be_addressed_to(act.roles)
    clocks = able_to_rest(case)
    if not is_resting_at(clocks, act.occurred_at):
        raise errors.NotPausedError
    on = office.calendar.date_of(act.occurred_at)
    ends_at = office.calendar.start_of(on)
    return facts(
        events.ClockResumed(
            on=on,
            ends_at=ends_at,
            missed=_run_out(clocks, act),
            due=_moved(with_resumed(clocks, on, ends_at), clocks, office),
        )
    )


def is_resting_at(clocks: Clocks, at: datetime) -> bool:
    """Whether there is a pause that is not over by then."""
    return any(
        pause.ends_at is None or pause.ends_at > at
        for clock in clocks
        for pause in clock.pauses
    )


def _overlaps(standing: Pause, first: date, until: date | None) -> bool:
    """Whether a pause shares a day with one that stands, or that one is open."""
    if standing.last is None:
        return True
    return first <= standing.last and (until is None or until >= standing.first)


def _run_out(clocks: Clocks, act: Act) -> tuple[Clock, ...]:
    return tuple(clock.due.clock for clock in clocks if clock.ran_out(act.told_at))


def _moved(after: Clocks, before: Clocks, office: Office) -> tuple[Due, ...]:
    counted = zip(map(office.recounted, after), before, strict=True)
    return tuple(due for due, clock in counted if due != clock.due)
