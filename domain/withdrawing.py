"""The requester takes the request back (pencabutan)."""

from domain import commands
from domain.case import Case
from domain.facts import Fact


def withdraw(case: Case, command: commands.Withdraw) -> tuple[Fact, ...]:
    """Possible until the answer was delivered; what was written stays on the file."""
    raise NotImplementedError((case, command))
