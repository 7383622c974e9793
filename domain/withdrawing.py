"""The requester takes the request back (pencabutan)."""

from domain import commands, events
from domain.case import UNANSWERED, Case
from domain.facts import Fact, facts


def withdraw(case: Case, command: commands.Withdraw) -> tuple[Fact, ...]:
    """Possible until the answer was delivered; what was written stays on the file."""
    case.must_be(*UNANSWERED)
    return facts(events.Withdrawn(how=command.how, told=command.told))
