"""Counts the SLA board from the cases that are open, and the last first answers."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final, LiteralString, TypeVar

import msgspec
from psycopg.rows import class_row

from application import named_sql
from application.register import Connection
from domain.calendar import Calendar
from domain.values import AgencyCode, Channel, Stage
from projections import view_marks
from projections.board import Board, BoardRow, Late, Load, Pace, Waiting
from projections.cases import CasesView
from projections.copies import Copy
from projections.registers.moment import at_one_moment
from projections.work_page import SOON

_SQL = named_sql.load(__file__)
_OPEN = _SQL["open"]
_ANSWERED = _SQL["answered"]
_SCHEMA: Final = Copy.serving(CasesView()).schema
_DAY: Final = timedelta(days=1)

T = TypeVar("T")


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the board is asked for; whatever is None does not matter."""

    agencies: tuple[AgencyCode, ...]
    """Those whose cases the reader may list; no other is counted."""
    edition: str
    channel: Channel | None = None
    unit: str | None = None
    """With those below it."""
    days: int = 30


class Counted(msgspec.Struct, frozen=True):
    """A board, and the instant from which its figures are others by themselves."""

    board: Board
    until: datetime


class NoBoardError(Exception):
    """No projector has made the view yet."""


class _Open(msgspec.Struct, frozen=True, kw_only=True):
    agency: AgencyCode
    channel: Channel
    unit: str | None
    stage: Stage
    turn: str | None
    open: int
    undated: int
    due_today: int
    due_within_3_days: int
    late: int
    late_by_standard: int
    late_by_statute: int
    target_overrun: int
    oldest_since: datetime
    next_at: datetime | None


class _Answered(msgspec.Struct, frozen=True, kw_only=True):
    agency: AgencyCode | None
    channel: Channel | None
    unit: str | None
    of_unit: bool
    answered: int
    median: int | None
    p90: int | None


async def count(
    connection: Connection,
    asked: Asked,
    calendars: Callable[[AgencyCode], Calendar],
    now: datetime,
) -> Counted:
    """Count the board; the connection is in no transaction. Raises NoBoardError."""
    local = {agency: calendars(agency) for agency in asked.agencies}
    today = {agency: calendar.date_of(now) for agency, calendar in local.items()}
    of = {
        "agencies": list(today),
        "today": list(today.values()),
        "soon": [day + SOON for day in today.values()],
        "since": [
            local[agency].start_of(day - (asked.days - 1) * _DAY)
            for agency, day in today.items()
        ],
        "now": now,
        "channel": asked.channel,
        "unit": asked.unit,
    }
    async with at_one_moment(connection):
        position = (await view_marks.positions(connection)).get(_SCHEMA)
        if position is None:
            raise NoBoardError
        found = await _all(connection, _Open, _OPEN, of)
        answered = await _all(connection, _Answered, _ANSWERED, of)
    board = Board(
        position=position,
        as_of=now,
        calendar_edition=asked.edition,
        days=asked.days,
        totals=_load(found),
        rows=tuple(_rows(found)),
        waiting=tuple(_waiting(found, local)),
        # Of nothing at all there is still one row of sums.
        pace=tuple(_pace(one) for one in answered if one.answered),
    )
    return Counted(board, _until(found, today, local, now))


async def _all(
    connection: Connection,
    kind: type[T],
    statement: LiteralString,
    of: Mapping[str, object],
) -> list[T]:
    async with connection.cursor(binary=True, row_factory=class_row(kind)) as cursor:
        await cursor.execute(statement, of, prepare=False)
        return await cursor.fetchall()


def _load(found: Iterable[_Open]) -> Load:
    """Sums of all of these."""
    told = list(found)
    return Load(
        open=sum(one.open for one in told),
        due_today=sum(one.due_today for one in told),
        due_within_3_days=sum(one.due_within_3_days for one in told),
        late=sum(one.late for one in told),
        late_by=Late(
            standard=sum(one.late_by_standard for one in told),
            statute=sum(one.late_by_statute for one in told),
        ),
        target_overrun=sum(one.target_overrun for one in told),
        undated=sum(one.undated for one in told),
    )


def _rows(found: Iterable[_Open]) -> Iterator[BoardRow]:
    """One row for each stage; whose turn it is divides it further."""
    stages: dict[tuple[object, ...], list[_Open]] = {}
    for one in found:
        key = (one.agency, one.channel, one.unit, one.stage)
        stages.setdefault(key, []).append(one)
    for group in stages.values():
        load = _load(group)
        yield BoardRow(
            agency=group[0].agency,
            channel=Channel(group[0].channel),
            unit=group[0].unit,
            stage=Stage(group[0].stage),
            turns={one.turn: one.open for one in group if one.turn is not None},
            **{name: getattr(load, name) for name in Load.__struct_fields__},
        )


def _waiting(
    found: Iterable[_Open], calendars: Mapping[AgencyCode, Calendar]
) -> Iterator[Waiting]:
    turns: dict[tuple[AgencyCode, str], list[_Open]] = {}
    for one in found:
        if one.turn is not None:
            turns.setdefault((one.agency, one.turn), []).append(one)
    for (agency, turn), group in sorted(turns.items()):
        yield Waiting(
            agency=agency,
            turn=turn,
            open=sum(one.open for one in group),
            oldest_since=calendars[agency].local(
                min(one.oldest_since for one in group)
            ),
        )


def _pace(one: _Answered) -> Pace:
    assert one.median is not None
    assert one.p90 is not None
    return Pace(
        agency=one.agency,
        channel=None if one.channel is None else Channel(one.channel),
        unit=one.unit,
        of_unit=one.of_unit,
        answered=one.answered,
        median_seconds=one.median,
        p90_seconds=one.p90,
    )


def _until(
    found: Iterable[_Open],
    today: Mapping[AgencyCode, date],
    calendars: Mapping[AgencyCode, Calendar],
    now: datetime,
) -> datetime:
    """When time alone changes a figure: a limit, a target or a local day ends."""
    ends = [one.next_at for one in found if one.next_at is not None]
    midnights = [calendars[agency].end_of(day) for agency, day in today.items()]
    return min((*ends, *midnights), default=now)
