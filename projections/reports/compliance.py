"""Figures of a period: what came in, what was answered and when, what is left.

They come from one position of the views, in one transaction, and their cases with them
(see counted_cases.py). What is measured is told by values that occurred, as on the
board: PostgreSQL's `percentile_disc`.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final, LiteralString, TypeAlias
from zoneinfo import ZoneInfo

import msgspec
from psycopg.rows import class_row

from application import named_sql
from application.register import Connection
from domain.values import AgencyCode, Channel
from projections.reports import contested
from projections.reports.adding_up import Check, checks
from projections.reports.definitions import DEFINITIONS, Definition
from projections.reports.measured import Measured, measured
from projections.reports.period import Asked

_SQL = named_sql.load(__file__)
_FIGURES: Final = named_sql.join(_SQL["counted"], _SQL["figures"])
LISTED: Final = named_sql.join(_SQL["counted"], _SQL["listed"])
"""The statement that lists what a figure counts."""


class Group(msgspec.Struct, frozen=True):
    """Figures of an agency and channel; null is all that were asked for."""

    agency: AgencyCode | None
    channel: Channel | None
    figures: dict[str, int]
    measured: dict[str, Measured | None]
    """Of every figure that measures something; null where it counted nothing."""
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
    """As asked; null is all of them."""
    position: int
    """Of the register, that the views had reached: all figures are of it."""
    head: int
    """The register's last position then; what lies between is not counted yet."""
    left_out: int
    """Entries that the views could not take, and what followed in their histories:
    the figures lack them."""
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
    left_out: int
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
    """The report of these figures, with its times in the agencies' zones."""
    zones = {agency: ZoneInfo(span.zone) for agency, span in asked.spans.items()}
    told = tuple(_under_filter(groups, asked, statement.agency))
    return Compliance(
        first=asked.first,
        last=asked.last,
        agency=statement.agency,
        channel=asked.channel,
        position=statement.position,
        head=statement.head,
        left_out=statement.left_out,
        calendar_edition=asked.edition,
        definitions_version=DEFINITIONS.version,
        generated_at=statement.generated_at.astimezone(next(iter(zones.values()))),
        zones={agency: zone.key for agency, zone in zones.items()},
        judged_at={
            agency: asked.judged_at(agency).astimezone(zone)
            for agency, zone in zones.items()
        },
        seen_by=tuple(statement.seen_by),
        adds_up=all(group.adds_up for group in told),
        groups=told,
        definitions=DEFINITIONS.figure,
    )


def _under_filter(
    groups: Iterable[Group], asked: Asked, agency: AgencyCode | None
) -> Iterable[Group]:
    """The groups that say something of their own, each by what it counts.

    All channels are one where only one was asked for, and all agencies likewise.
    """
    for group in groups:
        if agency is not None and group.agency is None:
            continue
        if asked.channel is None or group.channel is not None:
            yield group
        elif group.agency is None:
            yield msgspec.structs.replace(group, channel=asked.channel)


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
        measured=measured({one.figure: one for one in found}),
        adds_up=all(check.holds for check in made),
        checks=made,
    )


def _unit(figure: str) -> str:
    definition = DEFINITIONS.of(figure)
    assert definition is not None
    return definition.unit
