"""The cases that a figure counts, one row for each time, the last received first.

Numbers, words of the office and times: no person stands here, nor what he wrote.
"""

import base64
import binascii
from datetime import datetime
from typing import Final, Self
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from psycopg.rows import class_row

from application.register import Connection
from domain.values import AgencyCode, Channel, Outcome
from projections.case_list import BadCursorError
from projections.reports import compliance, contested
from projections.reports.definitions import DEFINITIONS
from projections.reports.period import Asked
from projections.stages import AnyStage

_BEHIND: Final = 2**63 - 1
"""Behind every position."""
_POSITION_BYTES, _N_BYTES = 8, 4


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
    seconds: float | None
    days: int | None


class CountedPage(msgspec.Struct, frozen=True):
    """Rows, and where the list goes on."""

    items: tuple[CountedRow, ...]
    next: str | None


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
) -> CountedPage:
    """One page of what a figure counts; raises NoSuchFigureError."""
    definition = DEFINITIONS.of(figure)
    if definition is None:
        raise NoSuchFigureError
    place = after or Place()
    statement = contested.LISTED.get(definition.unit, compliance.LISTED)
    if asked.channel is not None and definition.unit in contested.LISTED:
        return CountedPage((), None)
    where = {"figure": figure, "position": place.position, "n": place.n}
    async with connection.cursor(row_factory=class_row(_Counted)) as cursor:
        of = asked.told() | where | {"limit": limit + 1}
        await cursor.execute(statement, of, prepare=False)
        found = await cursor.fetchall()
    shown = found[:limit]
    more = len(found) > len(shown)
    return CountedPage(
        items=tuple(_row(one, asked) for one in shown),
        next=Place(shown[-1].position, shown[-1].n).written() if more else None,
    )


def _row(found: _Counted, asked: Asked) -> CountedRow:
    told = msgspec.structs.asdict(found)
    del told["position"], told["n"]
    zone = ZoneInfo(asked.spans[found.agency].zone)
    words = {
        "channel": None if found.channel is None else Channel(found.channel),
        "stage": AnyStage(found.stage),
        "outcome": None if found.outcome is None else Outcome(found.outcome),
    }
    return CountedRow(**told | words | {"at": found.at.astimezone(zone)})
