"""Incomplete requests: asking for what is missing, completion, lapse."""

from domain import commands
from domain.case import Case
from domain.facts import Fact
from domain.office import Act, Office


def request_completion(
    case: Case, command: commands.RequestCompletion, act: Act, office: Office
) -> tuple[Fact, ...]:
    """Ask for what is missing, until a day."""
    raise NotImplementedError((case, command, act, office))


def receive_completion(
    case: Case, command: commands.ReceiveCompletion, act: Act, office: Office
) -> tuple[Fact, ...]:
    """What was missing came."""
    raise NotImplementedError((case, command, act, office))


def lapse(case: Case, command: commands.Lapse, act: Act) -> tuple[Fact, ...]:
    """It did not come in time."""
    raise NotImplementedError((case, command, act))
