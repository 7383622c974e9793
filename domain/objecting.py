"""Filing objections, deciding them, and noting disputes (keberatan dan sengketa)."""

from typing import assert_never

from domain import commands, errors
from domain.case import Case
from domain.facts import Fact
from domain.objection import Objection
from domain.office import Act, Office


def decide(
    objection: Objection | None,
    case: Case,
    command: commands.ObjectionCommand,
    act: Act,
    office: Office,
) -> tuple[Fact, ...]:
    """What follows from a wish about an objection to a case, or a refusal.

    `objection` is None while one is only being filed.
    """
    last_at = case.last_at if objection is None else objection.last_at
    if act.occurred_at < last_at:
        raise errors.OutOfOrderError(act.occurred_at, last_at)
    match command:
        case (
            commands.FileObjection()
            | commands.DecideObjection()
            | commands.NoteDispute()
        ):
            raise NotImplementedError(office)
        case _:
            assert_never(command)
