"""What a figure's cases measure: elapsed seconds, and days as its definition counts."""

from collections.abc import Mapping
from math import ceil
from typing import Protocol

import msgspec

from projections.reports.definitions import DEFINITIONS


class Spread(msgspec.Struct, frozen=True):
    """How something measured is spread over what was counted, in seconds or in days.

    Each is a value that occurred; of a second that was begun, the whole is counted.
    """

    median: int
    """Half of them are no greater."""
    p90: int
    """Nine of ten are no greater."""
    max: int
    """None is greater."""


class Measured(msgspec.Struct, frozen=True):
    """What a figure's cases measure; None where they do not measure that."""

    seconds: Spread | None
    """Elapsed."""
    days: Spread | None
    """As the figure's definition counts them."""


class Found(Protocol):
    """What a statement gives of a figure: median, ninth decile and greatest."""

    @property
    def seconds(self) -> list[float] | None: ...
    @property
    def days(self) -> list[float] | None: ...


def measured(found: Mapping[str, Found]) -> dict[str, Measured | None]:
    """By every figure that measures something; None where it counted nothing."""
    return {
        one.figure: _both(found.get(one.figure))
        for one in DEFINITIONS.figure
        if one.measures is not None
    }


def _both(found: Found | None) -> Measured | None:
    if found is None or not (found.seconds or found.days):
        return None
    return Measured(_spread(found.seconds), _spread(found.days))


def _spread(values: list[float] | None) -> Spread | None:
    return None if values is None else Spread(*map(ceil, values))
