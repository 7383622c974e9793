"""Extending the statute's term once, with written reasons (perpanjangan waktu)."""

from msgspec.structs import replace

from domain import commands, errors, events
from domain.case import UNANSWERED, Case
from domain.clocks import RunningClock
from domain.deadlines import recounted
from domain.facts import Fact, facts
from domain.office import Act, Office
from domain.order import in_order
from domain.values import Clock, Stage

EXTENDABLE = tuple(stage for stage in UNANSWERED if stage is not Stage.INCOMPLETE)
"""A request that is not whole yet is asked to be completed instead."""


def running_statute(case: Case) -> RunningClock | None:
    """The statute's clock while nobody has answered; it may have run out."""
    clock = case.clock(Clock.STATUTE)
    return None if clock is None or clock.ended_at is not None else clock


def extend(
    case: Case, command: commands.Extend, act: Act, office: Office
) -> tuple[Fact, ...]:
    """At most seven working days more, once, and told before the ten are over.

    UU 14/2008 art. 22(8). Told in time and entered late, it moves the due day and
    leaves what had been missed by then a miss.
    """
    case.must_be(*EXTENDABLE)
    statute = running_statute(case)
    if statute is None:  # answered before it was opened again
        raise errors.WrongStageError(case.stage, ("unanswered",))
    case.must_be_addressed_to(act.roles)
    if case.extended:
        raise errors.ExtensionUsedError
    most = office.standard.statute.extension
    if command.working_days > most:
        raise errors.ExtensionTooLongError(command.working_days, most)
    in_order(case.times[0], command.notice_sent_at)
    if statute.ran_out(max(act.occurred_at, command.notice_sent_at)):
        raise errors.ExtensionTooLateError(statute.late_from or statute.due.due_at)
    is_told_late = statute.ran_out(act.told_at)
    length = office.length_of(statute.due)
    longer = replace(statute.due, length=length, extension=command.working_days)
    return facts(
        events.DeadlineExtended(
            working_days=command.working_days,
            reason=command.reason,
            notice_sent_at=command.notice_sent_at,
            missed=(Clock.STATUTE,) if is_told_late else (),
            due=(recounted(replace(statute, due=longer), office.calendar),),
        )
    )
