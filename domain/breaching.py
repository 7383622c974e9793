"""Recording a data breach and telling of it within 72 hours (UU 27/2022 art. 46)."""

from typing import assert_never

from domain import commands, deadlines, errors, events
from domain.breach import Breach
from domain.facts import Fact, facts
from domain.office import Act, Office
from domain.order import in_order
from domain.values import BreachStage


def _record(command: commands.RecordBreach, act: Act, office: Office) -> Fact:
    """The clock runs from the discovery, whenever it is written down."""
    in_order(command.discovered_at, act.occurred_at)
    due = deadlines.breach_notice(
        command.discovered_at, office.standard.personal_data, office.calendar
    )
    return Fact(
        event=events.BreachRecorded(
            agency=office.agency,
            what=command.what,
            discovered_at=command.discovered_at,
            fields=command.fields,
            persons=command.persons,
            cases=command.cases,
            read_by=command.read_by,
            read_from=command.read_from,
            read_until=command.read_until,
            due=(due,),
        )
    )


def decide(
    breach: Breach | None, command: commands.BreachCommand, act: Act, office: Office
) -> tuple[Fact, ...]:
    """What follows from a wish about a breach, or a refusal; None records one."""
    if isinstance(command, commands.RecordBreach):
        return (_record(command, act, office),)
    assert breach is not None
    in_order(breach.last_at, act.occurred_at)
    if breach.stage is BreachStage.CLOSED:
        open_stages = (BreachStage.RECORDED, BreachStage.NOTIFIED)
        raise errors.WrongBreachStageError(breach.stage, open_stages)
    match command:
        case commands.NotifyBreach(told=told, how=how, handling=handling):
            return facts(events.BreachNotified(told=told, how=how, handling=handling))
        case commands.CloseBreach(reason=reason):
            if breach.untold:
                raise errors.BreachNotToldError(sorted(breach.untold))
            return facts(events.BreachClosed(reason=reason))
        case _:
            assert_never(command)
