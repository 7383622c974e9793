"""Chance in the made-up year: the same numbers give the same year."""

from collections.abc import Mapping
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice(Random):
    """A case's own dice, so that threads do not throw each other's."""

    @classmethod
    def of(cls, seed: int, case: int) -> "Dice":
        """The dice of a case; the plan throws others than its story."""
        return cls(f"{seed}/{case}")

    def happens(self, percent: int) -> bool:
        """Whether something comes to pass that does so in so many of a hundred."""
        return self.randrange(100) < percent

    def weighted(self, weights: Mapping[T, int]) -> T:
        """One of several, by weight."""
        return self.choices(list(weights), list(weights.values()))[0]
