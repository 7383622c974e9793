"""Acts of the head that are entered later than they happened."""

from datetime import datetime

from domain import commands, events
from domain.case import Case
from domain.decisions import decide
from domain.evolution import evolve
from domain.facts import By
from domain.office import Act, Office
from domain.values import Role
from tests.domain.offices import BPPD, DIRECTORY, HEAD, OFFICES


def decided(
    case: Case | None,
    command: commands.RequestCommand,
    at: datetime,
    told_at: datetime | None = None,
    office: Office = OFFICES[BPPD],
) -> events.CaseEvent:
    """What the head's act brings about; entered at `told_at`, else at once."""
    act = Act(
        official=DIRECTORY.officials[HEAD, BPPD],
        role=Role.AGENCY_HEAD,
        occurred_at=at,
        recorded_at=told_at or at,
    )
    (fact,) = decide(case, command, act, office)
    assert isinstance(fact.event, events.CaseEvent)
    return fact.event


def acted(
    case: Case | None,
    command: commands.RequestCommand,
    at: datetime,
    told_at: datetime | None = None,
) -> Case:
    """The case after the head's act."""
    return evolve(case, decided(case, command, at, told_at), By(HEAD, at))
