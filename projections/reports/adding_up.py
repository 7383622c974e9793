"""Whether figures that were counted in different ways agree with each other."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import msgspec

Counted: TypeAlias = Mapping[str, int]


class Check(msgspec.Struct, frozen=True):
    """Two ways to one number, both named by their figures."""

    check: str
    left: int
    right: int
    holds: bool


def checks(counted: Counted) -> tuple[Check, ...]:
    """All that a group of figures can be asked.

    Backlogs are counted by what was owed at an instant, receipts by their own time,
    reopenings and finishings by the steps: one that is lost or doubled shows.
    """
    return tuple(
        Check(check, left, right, left == right)
        for check, left, right in _both_ways(counted)
    )


def _both_ways(counted: Counted) -> Iterator[tuple[str, int, int]]:
    came = counted["backlog_at_start"] + counted["received"] + counted["reopened"]
    yield (
        "backlog_at_start + received + reopened - finished = backlog_at_end",
        came - counted["finished"],
        counted["backlog_at_end"],
    )
    yield "sum of outcome = finished", _sum(counted, "outcome:"), counted["finished"]
    for clock in ("standard", "statute"):
        yield (
            f"sum of verdicts by the {clock} = answered",
            sum(counted.get(f"{verdict}_{clock}", 0) for verdict in _VERDICTS),
            counted["answered"],
        )
    held = counted["cards_held_at_start"] + counted["cards_taken"]
    yield (
        "cards_held_at_start + cards_taken - cards_returned = cards_held_at_end",
        held - counted["cards_returned"],
        counted["cards_held_at_end"],
    )
    if "objections" in counted:
        yield (
            "sum of objection_ground = objections",
            _sum(counted, "objection_ground:"),
            counted["objections"],
        )
        yield (
            "sum of objection_ruling = objections_decided",
            _sum(counted, "objection_ruling:"),
            counted["objections_decided"],
        )


_VERDICTS = ("on_time", "late", "target_met", "target_overrun", "unclocked")


def _sum(counted: Counted, beginning: str) -> int:
    return sum(n for figure, n in counted.items() if figure.startswith(beginning))
