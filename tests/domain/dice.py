"""Dice that a walk throws, and the wish that comes of it.

Hypothesis and a plain walk have dice of their own and share the moves.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol, TypeVar
from uuid import UUID, uuid5

import msgspec

from domain.commands import RequestCommand
from domain.values import (
    OfficialId,
)
from tests.domain.words import COMPLAINT

T = TypeVar("T")


class Dice(Protocol):
    """Draws one of several."""

    def __call__(self, among: Sequence[T], /) -> T: ...


class Move(msgspec.Struct, frozen=True):
    """Somebody's wish."""

    command: RequestCommand
    by: OfficialId
    early: timedelta = timedelta()
    """How long before now it is said to have happened."""


def complaint(n: int) -> UUID:
    """An id of its own for the n-th complaint."""
    return uuid5(COMPLAINT, str(n))
