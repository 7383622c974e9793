"""Correcting facts that were entered wrongly (ralat)."""

from domain import commands
from domain.case import Case
from domain.facts import Fact
from domain.office import Act, Office


def correct(
    case: Case, command: commands.CorrectFact, act: Act, office: Office
) -> tuple[Fact, ...]:
    """Supersede a fact; the clocks that rest on it follow."""
    raise NotImplementedError((case, command, act, office))
