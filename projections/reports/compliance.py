"""Figures of a period: what came in, what was answered and when, what is left.

They come from one position of the views, in one transaction, and their cases with them
(see counted_cases.py). What is measured is told by values that occurred, as on the
board: PostgreSQL's `percentile_disc`.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final, LiteralString, TypeAlias

import msgspec
from psycopg.rows import class_row

from application import named_sql
from application.register import Connection
from domain.values import AgencyCode, Channel
from projections.reports import contested
from projections.reports.adding_up import Check, checks
from projections.reports.definitions import DEFINITIONS, Definition
from projections.reports.period import Asked

_SQL = named_sql.load(__file__)
_FIGURES: Final = _SQL["counted"] + "\n" + _SQL["figures"]
LISTED: Final = _SQL["counted"] + "\n" + _SQL["listed"]
"""The statement that lists what a figure counts."""


class Spread(msgspec.Struct, frozen=True):
    """How something measured is spread over what was counted, in seconds or in days.

    Each is a value that occurred.
    """

    median: float
    """Half of them are no greater."""
    p90: float
    """Nine of ten are no greater."""
    max: float
    """None is greater."""


class Measured(msgspec.Struct, frozen=True):
    """What a figure's cases measure; None where they do not measure that."""

    seconds: Spread | None
    """Elapsed."""
    days: Spread | None
    """As the figure's definition counts them."""


class Group(msgspec.Struct, frozen=True):
    """Figures of an agency and channel; null is all that were asked for."""

    agency: AgencyCode | None
    channel: Channel | None
    figures: dict[str, int]
    measured: dict[str, Measured]
    adds_up: bool
    checks: tuple[Check, ...]


class Compliance(msgspec.Struct, frozen=True, kw_only=True):
    """The report, with all that it rests on."""

    report: str = "compliance"
    first: date = msgspec.field(name="from")
    last: date = msgspec.field(name="to")
    agency: AgencyCode | None
    """As asked; null is all that the reader may see."""
    channel: Channel | None
    position: int
    """Of the register, that the views had reached: all figures are of it."""
    head: int
    """The register's last position then; what lies between is not counted yet."""
    calendar_edition: str
    definitions_version: str
    generated_at: datetime
    zones: dict[AgencyCode, str]
    """In whose local days the period is."""
    judged_at: dict[AgencyCode, datetime]
    """When it was asked of what is not answered whether it is late."""
    seen_by: tuple[str, ...]
    """Roles that may see these figures, each of its own agency."""
    adds_up: bool
    groups: tuple[Group, ...]
    definitions: tuple[Definition, ...]


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What a report is stated with, besides its figures."""

    agency: AgencyCode | None
    position: int
    head: int
    generated_at: datetime
    seen_by: Sequence[str]


class _Found(msgspec.Struct, frozen=True):
    figure: str
    agency: AgencyCode | None
    channel: str | None
    count: int
    seconds: list[float] | None
    days: list[float] | None


_Place: TypeAlias = tuple[AgencyCode | None, str | None]


async def figures(connection: Connection, asked: Asked) -> tuple[Group, ...]:
    """The groups of figures: all, each agency, and each of its channels.

    The connection is in a transaction that sees one position.
    """
    found = await _ask(connection, _FIGURES, asked)
    if asked.channel is None:
        for statement in contested.FIGURES.values():
            found += await _ask(connection, statement, asked)
    by_place: dict[_Place, list[_Found]] = {place: [] for place in _places(asked)}
    for one in found:
        by_place[one.agency, one.channel].append(one)
    return tuple(
        _group(place, of, with_contested=place[1] is None and asked.channel is None)
        for place, of in by_place.items()
    )


def stated(groups: tuple[Group, ...], asked: Asked, statement: Statement) -> Compliance:
    """The report of these figures."""
    return Compliance(
        first=asked.first,
        last=asked.last,
        agency=statement.agency,
        channel=asked.channel,
        position=statement.position,
        head=statement.head,
        calendar_edition=asked.edition,
        definitions_version=DEFINITIONS.version,
        generated_at=statement.generated_at,
        zones={agency: span.zone for agency, span in asked.spans.items()},
        judged_at={agency: asked.judged_at(agency) for agency in asked.spans},
        seen_by=tuple(statement.seen_by),
        adds_up=all(group.adds_up for group in groups),
        groups=groups,
        definitions=DEFINITIONS.figure,
    )


def _places(asked: Asked) -> Iterable[_Place]:
    channels = list(Channel) if asked.channel is None else [asked.channel]
    yield None, None
    for agency in asked.spans:
        yield agency, None
        yield from ((agency, channel) for channel in channels)


async def _ask(
    connection: Connection, statement: LiteralString, asked: Asked
) -> list[_Found]:
    async with connection.cursor(row_factory=class_row(_Found)) as cursor:
        await cursor.execute(statement, asked.told(), prepare=False)
        return await cursor.fetchall()


def _group(place: _Place, found: Sequence[_Found], *, with_contested: bool) -> Group:
    agency, channel = place
    counted = {
        figure: 0
        for figure in DEFINITIONS.always()
        if with_contested or _unit(figure) not in contested.FIGURES
    }
    counted |= {one.figure: one.count for one in found}
    made = checks(counted)
    return Group(
        agency=agency,
        channel=None if channel is None else Channel(channel),
        figures=counted,
        measured=_measured(found),
        adds_up=all(check.holds for check in made),
        checks=made,
    )


def _unit(figure: str) -> str:
    definition = DEFINITIONS.of(figure)
    assert definition is not None
    return definition.unit


def _measured(found: Sequence[_Found]) -> dict[str, Measured]:
    told = {
        one.figure: Measured(_spread(one.seconds), _spread(one.days)) for one in found
    }
    return {
        figure: measured
        for figure, measured in told.items()
        if measured.seconds or measured.days
    }


def _spread(values: list[float] | None) -> Spread | None:
    return None if values is None else Spread(*values)
