"""A report as rows, and who may see it: what the web and the command line share."""

from collections.abc import Iterator
from typing import Final

import msgspec

from application.office.authority import Authority
from projections.reports.compliance import Compliance, Group
from projections.reports.definitions import DEFINITIONS

COLUMNS: Final = ("agency", "channel", "figure", "value", "unit")
"""Of the rows; an empty agency or channel is all that were asked for."""


def rows(report: Compliance) -> Iterator[tuple[object, ...]]:
    """What the report is stated with, then a row for each figure of each group."""
    stated = {
        "from": report.first,
        "to": report.last,
        "position": report.position,
        "head": report.head,
        "calendar_edition": report.calendar_edition,
        "definitions_version": report.definitions_version,
        "generated_at": report.generated_at,
    }
    for name, said in stated.items():
        yield report.agency, report.channel, name, said, "statement"
    for group in report.groups:
        yield from _of(group)


def _of(group: Group) -> Iterator[tuple[object, ...]]:
    place = (group.agency, group.channel)
    for figure, count in group.figures.items():
        definition = DEFINITIONS.of(figure)
        yield *place, figure, count, "" if definition is None else definition.unit
        measured = group.measured.get(figure)
        if measured is None:
            continue
        for unit, spread in msgspec.structs.asdict(measured).items():
            if spread is None:
                continue
            for name, value in msgspec.structs.asdict(spread).items():
                yield *place, f"{figure}.{name}", value, unit
    yield *place, "adds_up", group.adds_up, "check"


def seen_by(authority: Authority) -> tuple[str, ...]:
    """The roles that may see figures, each of its own agencies."""
    return tuple(
        sorted(
            {
                role.value
                for row in authority.table()
                if "read-figures" in row.actions
                for role in row.roles
            }
        )
    )
