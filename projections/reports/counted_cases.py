"""The cases that a figure counts, one row for each time, the last received first.

Numbers, words of the office and times: no person stands here, nor what he wrote.
"""

import asyncio
import base64
import binascii
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from math import ceil
from typing import Final, Self
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from psycopg.rows import class_row

from application.register import Connection
from domain.values import AgencyCode, Channel, Outcome
from projections.affairs import Affairs
from projections.cursor import BadCursorError
from projections.reports import compliance, contested
from projections.reports.definitions import DEFINITIONS
from projections.reports.period import Asked
from projections.stages import AnyStage

_BEHIND: Final = 2**63 - 1
"""Behind every position."""
_POSITION_BYTES, _N_BYTES = 8, 4

READ_AT_ONCE: Final = 10_000
"""Rows that one statement gives of a whole list: each counts all cases anew."""
_COMPLAINT: Final = "complaint"
AT_ONCE: Final = 500
"""Rows that are made before somebody else may work."""


class NoSuchFigureError(Exception):
    """Nothing defines a figure of that name."""


class CountedRow(msgspec.Struct, frozen=True):
    """Something that a figure counted."""

    case: UUID | None
    """None of a complaint that is about no case."""
    matter: UUID | None
    """The complaint or objection, where it is that which is counted."""
    registration_number: str | None
    agency: AgencyCode
    channel: Channel | None
    stage: AnyStage
    outcome: Outcome | None
    """As it stands now; `at` is when it came to be counted."""
    at: datetime
    seconds: int | None
    """Elapsed; one that was begun counts whole."""
    days: int | None


class CountedPage(msgspec.Struct, frozen=True):
    """Rows, and where the list goes on."""

    items: tuple[CountedRow, ...]
    next: str | None
    not_shown: int = 0
    """Complaints that the figure counts and the reader may not see, on any page."""


class Place(msgspec.Struct, frozen=True):
    """Where a list was left off."""

    position: int = _BEHIND
    n: int = 0

    @classmethod
    def read(cls, text: str) -> Self:
        """Take what `written` gave; raises BadCursorError for anything else."""
        try:
            raw = base64.b64decode(text.encode(), altchars=b"-_", validate=True)
        except (binascii.Error, UnicodeEncodeError):
            raise BadCursorError from None
        position = int.from_bytes(raw[:_POSITION_BYTES])
        if len(raw) != _POSITION_BYTES + _N_BYTES or not 0 < position < _BEHIND:
            raise BadCursorError
        return cls(position, int.from_bytes(raw[_POSITION_BYTES:]))

    def written(self) -> str:
        """The place as clients carry it."""
        raw = self.position.to_bytes(_POSITION_BYTES) + self.n.to_bytes(_N_BYTES)
        return base64.urlsafe_b64encode(raw).decode()


class _Counted(msgspec.Struct, frozen=True, kw_only=True):
    case: UUID | None
    matter: UUID | None = None
    registration_number: str | None = None
    agency: AgencyCode
    channel: str | None = None
    stage: str
    outcome: str | None = None
    at: datetime
    seconds: float | None = None
    days: int | None = None
    position: int
    n: int = 0


async def counted_cases(
    connection: Connection,
    asked: Asked,
    figure: str,
    after: Place | None = None,
    limit: int = 200,
    *,
    to: Affairs | None = None,
) -> CountedPage:
    """One page of what a figure counts; raises NoSuchFigureError.

    Without affairs it is for whoever runs the program, who is shown every row.
    """
    found = await _find(
        connection, asked, figure, behind=after or Place(), limit=limit + 1, to=to
    )
    shown = found[:limit]
    more = len(found) > len(shown)
    return CountedPage(
        items=tuple(_row(one, asked) for one in shown),
        next=_place(shown[-1]).written() if more else None,
        not_shown=await _withheld(connection, asked, figure, to),
    )


async def all_counted(
    read: Callable[[], AbstractAsyncContextManager[Connection]],
    asked: Asked,
    figure: str,
    after: Place | None = None,
    *,
    to: Affairs | None = None,
) -> AsyncIterator[list[CountedRow]]:
    """Everything that a figure counts from a place on, some hundred rows at a time.

    `read` gives a connection that sees one position; none is held while rows are on
    their way to somebody. Raises NoSuchFigureError before the first of them.
    """
    place = after or Place()
    while True:
        async with read() as connection:
            found = await _find(
                connection, asked, figure, behind=place, limit=READ_AT_ONCE + 1, to=to
            )
        shown = found[:READ_AT_ONCE]
        for some in range(0, len(shown), AT_ONCE):
            yield [_row(one, asked) for one in shown[some : some + AT_ONCE]]
        if len(found) == len(shown):
            return
        place = _place(shown[-1])


async def _find(
    connection: Connection,
    asked: Asked,
    figure: str,
    *,
    behind: Place,
    limit: int,
    to: Affairs | None,
) -> list[_Counted]:
    unit = _unit(figure)
    statement = contested.LISTED.get(unit, compliance.LISTED)
    if asked.channel is not None and unit in contested.LISTED:
        return []
    where: dict[str, object] = {
        "figure": figure,
        "position": behind.position,
        "n": behind.n,
    }
    if to is not None and unit == _COMPLAINT:
        statement = contested.LISTED_TO
        where |= to.asked()
    found: list[_Counted] = []
    async with connection.cursor(row_factory=class_row(_Counted)) as cursor:
        of = asked.told() | where | {"limit": limit}
        await cursor.execute(statement, of, prepare=False)
        while some := await cursor.fetchmany(AT_ONCE):
            found += some
            await asyncio.sleep(0)
    return found


async def _withheld(
    connection: Connection, asked: Asked, figure: str, to: Affairs | None
) -> int:
    if to is None or asked.channel is not None or _unit(figure) != _COMPLAINT:
        return 0
    of = asked.told() | to.asked() | {"figure": figure}
    cursor = await connection.execute(contested.WITHHELD, of, prepare=False)
    row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


def _unit(figure: str) -> str:
    definition = DEFINITIONS.of(figure)
    if definition is None:
        raise NoSuchFigureError
    return definition.unit


def _place(found: _Counted) -> Place:
    return Place(found.position, found.n)


def _row(found: _Counted, asked: Asked) -> CountedRow:
    told = msgspec.structs.asdict(found)
    del told["position"], told["n"]
    zone = ZoneInfo(asked.spans[found.agency].zone)
    words = {
        "channel": None if found.channel is None else Channel(found.channel),
        "stage": AnyStage(found.stage),
        "outcome": None if found.outcome is None else Outcome(found.outcome),
        "seconds": None if found.seconds is None else ceil(found.seconds),
    }
    return CountedRow(**told | words | {"at": found.at.astimezone(zone)})
