"""A report as rows, and who may see it: what the web and the command line share."""

from collections.abc import Iterator
from typing import Final

import msgspec

from application.office.authority import Authority
from projections.reports.annual import Annual
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


ANNUAL_COLUMNS: Final = ("agency", "figure", "word", "value", "unit")
"""Of the annual report's rows; `word` is a channel, a legal basis or the like."""


def annual_rows(report: Annual) -> Iterator[tuple[object, ...]]:
    """What the annual report is stated with, then a row for each of its numbers."""
    stated = ("year", "source", "position", "calendar_edition", "definitions_version")
    for name in stated:
        yield report.agency, name, None, getattr(report, name), "statement"
    for year in report.agencies:
        for name, said in msgspec.structs.asdict(year).items():
            if isinstance(said, int):
                yield year.agency, name, None, said, ""
            elif isinstance(said, dict):
                yield from (
                    (year.agency, name, word, n, "") for word, n in said.items()
                )
        for time in year.time_needed:
            yield year.agency, "answered", time.channel, time.requests, "case"
            days = time.needed and time.needed.days
            for name, value in msgspec.structs.asdict(days).items() if days else ():
                yield year.agency, f"time_needed.{name}", time.channel, value, "days"
    yield report.agency, "adds_up", None, report.adds_up, "check"


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
