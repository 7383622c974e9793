"""Requests that go on elsewhere: to another body, or from a visit into a letter."""

from domain import commands
from domain.case import Case
from domain.facts import Fact
from domain.office import Act, Office


def transfer(
    case: Case, command: commands.Transfer, act: Act, office: Office
) -> tuple[Fact, ...]:
    """Pass the request on to the body that holds the information."""
    raise NotImplementedError((case, command, act, office))


def convert(
    case: Case, command: commands.Convert, act: Act, office: Office
) -> tuple[Fact, ...]:
    """A visit goes on as a letter with clocks of its own."""
    raise NotImplementedError((case, command, act, office))
