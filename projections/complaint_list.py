"""The list of complaints: newest first, of the kinds that are the reader's to see."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec
from psycopg.rows import class_row

from application import named_sql
from application.register import Connection
from domain.values import (
    AgencyCode,
    ComplaintChannel,
    ComplaintClass,
    ComplaintKind,
    ComplaintStage,
)
from projections.cursor import BEGINNING, Cursor
from projections.registers.onlooker import Onlooker

_NEWEST = named_sql.load(__file__)["newest"]


class ComplaintRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the list; what was complained of stands in the complaint's file."""

    complaint: UUID
    case: UUID | None
    agency: AgencyCode
    channel: ComplaintChannel
    category: str
    class_: ComplaintClass | None = msgspec.field(name="class")
    kind: ComplaintKind
    """Whose affair it is."""
    stage: ComplaintStage
    due_on: date | None
    """The last day for what is owed; None where nothing is owed by a day."""


class ComplaintPage(msgspec.Struct, frozen=True):
    """Lines of the list, newest first."""

    items: tuple[ComplaintRow, ...]
    next: str | None
    """Opaque; where the list goes on, while there is more."""


class ComplaintsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """What to list; whatever is None does not matter."""

    agencies: Sequence[AgencyCode]
    now: datetime
    channel: ComplaintChannel | None = None
    stage: ComplaintStage | None = None
    classified: ComplaintClass | None = None
    kind: ComplaintKind | None = None
    overdue: bool | None = None
    limit: int = 50
    after: Cursor | None = None


class _Found(ComplaintRow, frozen=True, kw_only=True):
    position: int


async def complaint_list(
    connection: Connection, onlooker: Onlooker, wanted: ComplaintsWanted
) -> ComplaintPage:
    """One page of the list."""
    of = onlooker.affairs().asked() | {
        "agencies": list(wanted.agencies),
        "before": BEGINNING if wanted.after is None else wanted.after.position,
        "channel": wanted.channel,
        "stage": wanted.stage,
        "class": wanted.classified,
        "kind": wanted.kind,
        "overdue": wanted.overdue,
        "now": wanted.now,
        "limit": wanted.limit + 1,
    }
    async with connection.cursor(binary=True, row_factory=class_row(_Found)) as cursor:
        await cursor.execute(_NEWEST, of, prepare=False)
        found = await cursor.fetchall()
    shown = found[: wanted.limit]
    more = len(found) > len(shown)
    return ComplaintPage(
        items=tuple(map(_row, shown)),
        next=Cursor(shown[-1].position).written() if more else None,
    )


def _row(found: _Found) -> ComplaintRow:
    return ComplaintRow(
        complaint=found.complaint,
        case=found.case,
        agency=found.agency,
        channel=ComplaintChannel(found.channel),
        category=found.category,
        class_=None if found.class_ is None else ComplaintClass(found.class_),
        kind=ComplaintKind(found.kind),
        stage=ComplaintStage(found.stage),
        due_on=found.due_on,
    )
