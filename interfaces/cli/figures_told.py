"""A report as people read it on a terminal: a table for each group of figures."""

from collections.abc import Iterator

from projections.reports.compliance import Compliance, Group, Measured, Spread

_DAY_SECONDS = 86_400


def lines(report: Compliance) -> Iterator[str]:
    """What it is stated with, then the figures; zeros of a split are left out."""
    yield f"{report.report} {report.first} - {report.last}"
    yield (
        f"position {report.position} of {report.head}, calendar"
        f" {report.calendar_edition}, definitions {report.definitions_version},"
        f" {report.generated_at:%Y-%m-%dT%H:%M:%SZ}"
    )
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
    told = ""
    if measured.seconds is not None:
        told += f"  {_spread(measured.seconds, 'd', _DAY_SECONDS)}"
    if measured.days is not None:
        told += f"  {_spread(measured.days, ' days', 1)}"
    return told


def _spread(spread: Spread, unit: str, of: int) -> str:
    told = (
        f"{name} {value / of:.1f}{unit}"
        for name, value in (
            ("median", spread.median),
            ("p90", spread.p90),
            ("max", spread.max),
        )
    )
    return ", ".join(told)
