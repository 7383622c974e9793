"""The list of objections: newest first, of the reader's agencies alone."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec
from psycopg.rows import class_row

from application import named_sql
from application.register import Connection
from domain.values import (
    AgencyCode,
    Filer,
    ObjectionGround,
    ObjectionRuling,
    ObjectionStage,
)
from projections.cursor import BEGINNING, Cursor

_NEWEST = named_sql.load(__file__)["newest"]


class ObjectionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the list."""

    objection: UUID
    case: UUID
    agency: AgencyCode
    ground: ObjectionGround
    by: Filer
    stage: ObjectionStage
    decision: ObjectionRuling | None
    due_on: date | None
    """The superior's last day to answer; None where he owes no answer by a day."""


class ObjectionPage(msgspec.Struct, frozen=True):
    """Lines of the list, newest first."""

    items: tuple[ObjectionRow, ...]
    next: str | None
    """Opaque; where the list goes on, while there is more."""


class ObjectionsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """What to list; whatever is None does not matter."""

    agencies: Sequence[AgencyCode]
    now: datetime
    ground: ObjectionGround | None = None
    stage: ObjectionStage | None = None
    decision: ObjectionRuling | None = None
    overdue: bool | None = None
    limit: int = 50
    after: Cursor | None = None


class _Found(ObjectionRow, frozen=True, kw_only=True):
    position: int


async def objection_list(
    connection: Connection, wanted: ObjectionsWanted
) -> ObjectionPage:
    """One page of the list."""
    of = {
        "agencies": list(wanted.agencies),
        "before": BEGINNING if wanted.after is None else wanted.after.position,
        "ground": wanted.ground,
        "stage": wanted.stage,
        "decision": wanted.decision,
        "overdue": wanted.overdue,
        "now": wanted.now,
        "limit": wanted.limit + 1,
    }
    async with connection.cursor(binary=True, row_factory=class_row(_Found)) as cursor:
        await cursor.execute(_NEWEST, of, prepare=False)
        found = await cursor.fetchall()
    shown = found[: wanted.limit]
    more = len(found) > len(shown)
    return ObjectionPage(
        items=tuple(map(_row, shown)),
        next=Cursor(shown[-1].position).written() if more else None,
    )


def _row(found: _Found) -> ObjectionRow:
    decision = found.decision
    return ObjectionRow(
        objection=found.objection,
        case=found.case,
        agency=found.agency,
        ground=ObjectionGround(found.ground),
        by=Filer(found.by),
        stage=ObjectionStage(found.stage),
        decision=None if decision is None else ObjectionRuling(decision),
        due_on=found.due_on,
    )
