"""Rules of requests that go another way than by an answer."""

from datetime import datetime

from domain.errors.rule import RuleBrokenError


class LapseTooEarlyError(RuleBrokenError):
    """A request lapses only after the day until which the requester may reply."""

    code = "lapse-too-early"

    def __init__(self, due_at: datetime | None) -> None:
        """`due_at` is none where nobody has asked for what is missing."""
        self.due_at = due_at


class SameAgencyError(RuleBrokenError):
    """A request is passed on to another body, not to oneself."""

    code = "same-agency"
