"""A report as rows, and who may see it: what the web and the command line share.

Statement rows come first; a row with a figure has its definition beside it.
"""

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

import msgspec

from application.office.authority import Authority
from projections.reports.adding_up import Check
from projections.reports.annual import DEFINED_BY, AgencyYear, Annual
from projections.reports.compliance import Compliance, Group
from projections.reports.definitions import DEFINITIONS
from projections.reports.measured import Measured

Row: TypeAlias = tuple[object, ...]
_DEFINITION: Final = ("definition_id", "definition_en")

COLUMNS: Final = ("agency", "channel", "figure", "value", "unit", *_DEFINITION)
"""Of the rows; an empty agency or channel is all that were asked for."""

ANNUAL_COLUMNS: Final = ("agency", "figure", "word", "value", "unit", *_DEFINITION)
"""Of the annual report's rows; `word` is a channel, a legal basis or the like."""

_BY_NAME: Final = {one.figure: one for one in DEFINITIONS.figure}
_UNDEFINED: Final = ("", "")


def rows(report: Compliance) -> Iterator[Row]:
    """What the report is stated with, then a row for each figure of each group."""
    stated = {
        "from": report.first,
        "to": report.last,
        "asked_agency": report.agency or "all",
        "asked_channel": report.channel or "all",
        **_stated(report),
    }
    for name, said in stated.items():
        yield report.agency, report.channel, name, said, "statement", *_UNDEFINED
    for agency, name, said in _stated_of_agencies(report):
        yield agency, None, name, said, "statement", *_UNDEFINED
    for group in report.groups:
        yield from _of(group)


def _of(group: Group) -> Iterator[Row]:
    place = (group.agency, group.channel)
    for figure, count in group.figures.items():
        definition = _BY_NAME[figure.partition(":")[0]]
        yield *place, figure, count, definition.unit, *_defined(definition.figure)
        for name, value, unit in _spread(group.measured.get(figure)):
            measures = _measures(definition.figure)
            yield *place, f"{figure}.{name}", value, unit, *measures
    for name, value in _sides(group.checks):
        yield *place, name, value, "check", *_UNDEFINED
    yield *place, "adds_up", group.adds_up, "check", *_UNDEFINED


def annual_rows(report: Annual) -> Iterator[Row]:
    """What the annual report is stated with, then a row for each of its numbers."""
    stated = {
        "year": report.year,
        "source": report.source,
        "asked_agency": report.agency or "all",
        **_stated(report),
    }
    for name, said in stated.items():
        yield report.agency, name, None, said, "statement", *_UNDEFINED
    for agency, name, said in _stated_of_agencies(report):
        yield agency, name, None, said, "statement", *_UNDEFINED
    for year in report.agencies:
        yield from _of_year(year)
    yield report.agency, "adds_up", None, report.adds_up, "check", *_UNDEFINED


def _of_year(year: AgencyYear) -> Iterator[Row]:
    for name, said in msgspec.structs.asdict(year).items():
        figure = DEFINED_BY.get(name, name)
        if isinstance(said, int):
            yield year.agency, name, None, said, "", *_defined(figure)
        elif isinstance(said, dict):
            for word, n in said.items():
                yield year.agency, name, word, n, "", *_defined(figure)
    answered, measures = _defined("answered"), _measures("answered")
    for time in year.time_needed:
        place = (year.agency, "answered", time.channel or "all")
        yield *place, time.requests, "case", *answered
        for name, value, unit in _spread(time.needed):
            figure = f"time_needed.{name}"
            yield year.agency, figure, time.channel or "all", value, unit, *measures
    for name, value in _sides(year.checks):
        yield year.agency, name, None, value, "check", *_UNDEFINED


def _stated(report: Compliance | Annual) -> Mapping[str, object]:
    return {
        "position": report.position,
        "head": report.head,
        "left_out": report.left_out,
        "calendar_edition": report.calendar_edition,
        "definitions_version": report.definitions_version,
        "generated_at": report.generated_at,
        "seen_by": " ".join(report.seen_by),
    }


def _stated_of_agencies(
    report: Compliance | Annual,
) -> Iterator[tuple[str, str, object]]:
    for agency, zone in report.zones.items():
        yield agency, "zone", zone
        yield agency, "judged_at", report.judged_at[agency]


def _spread(measured: Measured | None) -> Iterator[tuple[str, int, str]]:
    """Each value that is told, and its unit."""
    for unit, spread in msgspec.structs.asdict(measured).items() if measured else ():
        for name, value in msgspec.structs.asdict(spread).items() if spread else ():
            yield name, value, unit


def _sides(checks: tuple[Check, ...]) -> Iterator[tuple[str, int]]:
    """Both sides of the equation that a check's name is."""
    for check in checks:
        left, _, right = check.check.partition(" = ")
        yield f"left: {left}", check.left
        yield f"right: {right}", check.right


def _defined(figure: str) -> tuple[str, str]:
    definition = _BY_NAME[figure]
    return definition.indonesian, definition.english


def _measures(figure: str) -> tuple[str, str]:
    definition = _BY_NAME[figure]
    return definition.mengukur or "", definition.measures or ""


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
