"""Rules of delivery, identity cards and the soft target."""

from collections.abc import Iterable
from datetime import datetime

from domain.errors.answering import GroundsMissingError
from domain.errors.rule import RuleBrokenError


class NotFinallyApprovedError(RuleBrokenError):
    """An answer leaves only after the final approval of its current version."""

    code = "not-finally-approved"


class WrongMeansError(RuleBrokenError):
    """The channel's answers do not go out this way."""

    code = "wrong-means"

    def __init__(self, how: str, allowed: Iterable[str]) -> None:
        self.how = how
        self.allowed = tuple(allowed)


class RefusalNeedsGroundsError(GroundsMissingError):
    """At the counter an item is refused with `refusal`, which names the grounds."""


class IdCardHeldError(RuleBrokenError):
    """A visit can't close while reception holds an identity card."""

    code = "id-card-held"


class NoIdCardHeldError(RuleBrokenError):
    """Reception holds no identity card of this visit."""

    code = "no-id-card-held"


class TargetNotOverrunError(RuleBrokenError):
    """The target time has not run out, or the answer came within it."""

    code = "target-not-overrun"

    def __init__(self, due_at: datetime) -> None:
        self.due_at = due_at
