"""Rules of objections and disputes (keberatan, sengketa)."""

from collections.abc import Iterable
from datetime import datetime

from domain.errors.rule import RuleBrokenError


class NothingToObjectToError(RuleBrokenError):
    """The case gives no such ground for an objection (UU 14/2008 art. 35(1))."""

    code = "no-such-ground"

    def __init__(self, ground: str) -> None:
        self.ground = ground


class ObjectionTooLateError(RuleBrokenError):
    """The time to object is over (UU 14/2008 art. 36(1))."""

    code = "objection-too-late"

    def __init__(self, due_at: datetime) -> None:
        self.due_at = due_at


class PowerOfAttorneyMissingError(RuleBrokenError):
    """A proxy needs a special power of attorney (Komisi Informasi 1/2021 art. 39)."""

    code = "power-of-attorney-missing"


class DeciderWasTierError(RuleBrokenError):
    """Who wrote or approved the answer does not decide on the objection to it.

    Neither does whoever stands in for one who did.
    """

    code = "decider-was-tier"


class WrongObjectionStageError(RuleBrokenError):
    """The objection does not stand where the act is possible."""

    code = "wrong-stage"

    def __init__(self, stage: str, allowed: Iterable[str]) -> None:
        self.stage = stage
        self.allowed = tuple(allowed)
