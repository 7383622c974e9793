"""Rules of handling complaints (pengaduan)."""

from collections.abc import Iterable

from domain.errors.rule import RuleBrokenError


class WrongComplaintStageError(RuleBrokenError):
    """The complaint does not stand where the act is possible."""

    code = "wrong-stage"

    def __init__(self, stage: str, allowed: Iterable[str]) -> None:
        self.stage = stage
        self.allowed = tuple(allowed)


class AlreadyClassifiedError(RuleBrokenError):
    """The complaint has that class."""

    code = "already-classified"

    def __init__(self, classified: str) -> None:
        self.classified = classified


class ComplainedOfError(RuleBrokenError):
    """Nobody handles a complaint about himself."""

    code = "complained-of"
