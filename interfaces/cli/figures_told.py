"""A report as people read it on a terminal: a table for each group of figures."""

from collections.abc import Callable, Iterator

from projections.reports.compliance import Compliance, Group
from projections.reports.measured import Measured, Spread

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def lines(report: Compliance) -> Iterator[str]:
    """What it is stated with, then the figures; zeros of a split are left out."""
    of = "".join(f", {one}" for one in (report.agency, report.channel) if one)
    yield f"{report.report} {report.first} - {report.last}{of}"
    yield (
        f"position {report.position} of {report.head}, calendar"
        f" {report.calendar_edition}, definitions {report.definitions_version},"
        f" {report.generated_at.isoformat(timespec='seconds')}"
    )
    if report.left_out:
        yield f"{report.left_out} entries left out: the views could not take them"
    for group in report.groups:
        yield ""
        yield from _group(group)


def _group(group: Group) -> Iterator[str]:
    yield f"{group.agency or 'all agencies'}, {group.channel or 'all channels'}"
    for figure, count in group.figures.items():
        if count or ":" not in figure:
            told = group.measured.get(figure)
            yield f"  {figure:<32}{count:>8}{'' if told is None else _measured(told)}"
    yield f"  {'adds_up':<32}{'yes' if group.adds_up else 'NO':>8}"


def _measured(measured: Measured) -> str:
    """What elapsed, in its own size, and beside it the days that a clock counted."""
    told = ""
    if measured.seconds is not None:
        told += f"  elapsed: {_spread(measured.seconds, _elapsed)}"
    if measured.days is not None:
        told += f"  counted days: {_spread(measured.days, str)}"
    return told


def _spread(spread: Spread, told: Callable[[int], str]) -> str:
    return (
        f"median {told(spread.median)}, p90 {told(spread.p90)}, max {told(spread.max)}"
    )


def _elapsed(seconds: int) -> str:
    if seconds < _HOUR:
        return f"{seconds / _MINUTE:.1f}min"
    if seconds < _DAY:
        return f"{seconds / _HOUR:.1f}h"
    return f"{seconds / _DAY:.1f}d"
