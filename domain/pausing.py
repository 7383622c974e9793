"""Moving the answer's clocks: extension, pause, resumption."""

from domain import commands
from domain.case import Case
from domain.facts import Fact
from domain.office import Act, Office


def extend(
    case: Case, command: commands.Extend, act: Act, office: Office
) -> tuple[Fact, ...]:
    """Extend the statute's term once."""
    raise NotImplementedError((case, command, act, office))


def pause(
    case: Case, command: commands.Pause, act: Act, office: Office
) -> tuple[Fact, ...]:
    """Let the clocks rest."""
    raise NotImplementedError((case, command, act, office))


def resume(case: Case, act: Act, office: Office) -> tuple[Fact, ...]:
    """Let them run again."""
    raise NotImplementedError((case, act, office))
