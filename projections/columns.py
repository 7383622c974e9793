"""Columns of many rows at once, as views write them."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import TypeVar

from application import arrays
from domain.clocks import RunningClock
from domain.values import Clock

Columns = dict[str, object]

T = TypeVar("T")
V = TypeVar("V")


def told(ones: Sequence[T | None], say: Callable[[T], V]) -> list[V | None]:
    """What is to be said of each; None of those that there are not."""
    return [None if one is None else say(one) for one in ones]


def clock_columns(name: str, clocks: Sequence[RunningClock | None]) -> Columns:
    """Of one clock of each row: its last day, when late, how it ended."""

    def instants(say: Callable[[RunningClock], datetime | None]) -> arrays.Array:
        return arrays.instants_or_null(told(clocks, say))

    return {
        f"{name}_due_on": arrays.dates_or_null(
            told(clocks, lambda clock: clock.due.due_on)
        ),
        f"{name}_late_from": instants(lambda clock: clock.late_from),
        f"{name}_met_at": instants(lambda clock: clock.met_at),
        f"{name}_ended_at": instants(lambda clock: clock.ended_at),
    }


def clock_of(clocks: Sequence[RunningClock], wanted: Clock) -> RunningClock | None:
    """One clock of a matter; none that has not started."""
    return next((clock for clock in clocks if clock.due.clock is wanted), None)


def ends_first(
    clocks: Sequence[RunningClock], among: Collection[Clock]
) -> RunningClock | None:
    """Of these clocks the one that ends first and has not ended; targets aside.

    A clock at rest ends on no day that is known; one that ran out before it was
    moved has ended then.
    """
    ending = [
        (clock.late_from, n, clock)
        for n, clock in enumerate(clocks)
        if clock.due.clock in among
        and not clock.due.soft
        and clock.ended_at is None
        and clock.late_from is not None
    ]
    return min(ending)[-1] if ending else None
