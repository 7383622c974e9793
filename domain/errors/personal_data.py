"""Rules of data subjects' requests, of retention and of data breaches."""

from collections.abc import Iterable
from datetime import date, datetime

from domain.errors.rule import RuleBrokenError


class WrongDataRequestStageError(RuleBrokenError):
    """The request does not stand where the act is possible."""

    code = "wrong-stage"

    def __init__(self, stage: str, allowed: Iterable[str]) -> None:
        self.stage = stage
        self.allowed = tuple(allowed)


class WrongDataRequestKindError(RuleBrokenError):
    """The act carries out another right than the one that was asked for."""

    code = "wrong-request-kind"

    def __init__(self, kind: str, allowed: Iterable[str]) -> None:
        self.kind = kind
        self.allowed = tuple(allowed)


class PersonErasedError(RuleBrokenError):
    """Nothing is left of the person, so there is nothing to ask or do."""

    code = "person-erased"


class DataStillNeededError(RuleBrokenError):
    """The law still lets something run that needs the person's data."""

    code = "data-still-needed"

    def __init__(self, grounds: Iterable[str], until: datetime | None) -> None:
        """`until` is the last end; None where one of them has none yet."""
        self.grounds = tuple(grounds)
        self.until = until


class NothingToCorrectError(RuleBrokenError):
    """No matter of the person holds an identity that could be put right."""

    code = "nothing-to-correct"


class NothingToWaitForError(RuleBrokenError):
    """No window or proceeding runs, so nothing lets an erasure wait."""

    code = "nothing-to-wait-for"


class WaitWithoutEndError(RuleBrokenError):
    """A ground that no matter shows is named with its last day, ahead of the act."""

    code = "wait-without-end"


class AlreadyRestrictedError(RuleBrokenError):
    """Another request of the person restricts the use of his data already."""

    code = "already-restricted"


class RetentionNotOverError(RuleBrokenError):
    """The file's time is not over."""

    code = "retention-not-over"

    def __init__(self, ends_on: date | None) -> None:
        """None where nobody can tell: the case is open, or something beside it."""
        self.ends_on = ends_on


class WrongBreachStageError(RuleBrokenError):
    """The breach is closed."""

    code = "wrong-stage"

    def __init__(self, stage: str, allowed: Iterable[str]) -> None:
        self.stage = stage
        self.allowed = tuple(allowed)


class BreachNotToldError(RuleBrokenError):
    """Those concerned and the authority are told first (UU 27/2022 art. 46(1))."""

    code = "breach-not-told"

    def __init__(self, untold: Iterable[str]) -> None:
        self.untold = tuple(untold)
