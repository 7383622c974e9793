"""What every refusal is, and the rules that hold everywhere."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar

from domain.values import Channel, Stage


class RuleBrokenError(Exception):
    """A rule of the office forbids the act; nothing was changed."""

    code: ClassVar[str]

    def facts(self) -> dict[str, object]:
        """What the rule looked at, for messages; never anything of a person."""
        return dict(vars(self))


class OutOfOrderError(RuleBrokenError):
    """The act is said to have happened before the case's last one."""

    code = "out-of-order"

    def __init__(self, occurred_at: datetime, not_before: datetime) -> None:
        self.occurred_at = occurred_at
        self.not_before = not_before


class TooFarAheadError(RuleBrokenError):
    """A day is set further ahead than anybody sets one, as by a slip in the year."""

    code = "too-far-ahead"

    def __init__(self, day: date, last: date) -> None:
        self.day = day
        self.last = last


class WrongStageError(RuleBrokenError):
    """The case does not stand where the act is possible."""

    code = "wrong-stage"

    def __init__(self, stage: Stage, allowed: Iterable[str]) -> None:
        """`allowed` are stages, or words for one that the stage does not tell."""
        self.stage = stage
        self.allowed = tuple(allowed)


class WrongChannelError(RuleBrokenError):
    """The act belongs to another channel than the case's."""

    code = "wrong-channel"

    def __init__(self, channel: Channel, allowed: Iterable[Channel]) -> None:
        self.channel = channel
        self.allowed = tuple(allowed)


class UnknownOfficialError(RuleBrokenError):
    """The agency has no such official."""

    code = "unknown-official"

    def __init__(self, official: str) -> None:
        self.official = official


class UnknownLegalBasisError(RuleBrokenError):
    """The legal data hold no such ground."""

    code = "unknown-legal-basis"

    def __init__(self, legal_basis: str) -> None:
        self.legal_basis = legal_basis


class UnknownItemError(RuleBrokenError):
    """The request has no item of that number, or the answer names it twice."""

    code = "unknown-item"

    def __init__(self, items: Iterable[int]) -> None:
        self.items = tuple(items)
