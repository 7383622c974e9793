"""Moving clocks, and correcting the facts that they rest on."""

from datetime import date, datetime

from domain.commands.command import Command
from domain.values import CorrectableFact


class Extend(Command, frozen=True):
    """Extend the statute's term, with written reasons (memperpanjang)."""

    working_days: int
    reason: str
    notice_sent_at: datetime


class Pause(Command, frozen=True):
    """Let the answer's clocks rest from a local day on, to another inclusive."""

    ground: str
    first: date
    until: date | None = None


class Resume(Command, frozen=True):
    """Let the answer's clocks run again from the day of the act on."""


class CorrectFact(Command, frozen=True):
    """Supersede a fact that was entered wrongly (meralat)."""

    version: int
    fact: CorrectableFact
    value: str | None
    reason: str
