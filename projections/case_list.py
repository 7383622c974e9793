"""The list of cases: newest first, filtered, of the reader's agencies alone."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

import msgspec
from psycopg.rows import class_row

from application import named_sql
from application.register import Connection
from domain.values import AgencyCode, Channel, OfficialId, Outcome, Stage
from projections.cursor import BEGINNING, Cursor

_SQL = named_sql.load(__file__)
_NEWEST = _SQL["newest"]
_NUMBERED = _SQL["numbered"]
_FITTING = _SQL["fitting"]

FEW: Final = 3000
"""So many cases whose numbers begin alike are looked through one by one; where there
are more, walking from the newest on soon finds a page of them."""


class CaseRow(msgspec.Struct, frozen=True):
    """One line of the list."""

    case: UUID
    registration_number: str
    agency: AgencyCode
    channel: Channel
    stage: Stage
    outcome: Outcome | None
    assignee: OfficialId | None
    due_on: date | None
    """The last day for what the agency owes; None where it owes nothing by a day."""


class CasePage(msgspec.Struct, frozen=True):
    """Lines of the list, newest first."""

    items: tuple[CaseRow, ...]
    next: str | None
    """Opaque; where the list goes on, while there is more."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What to list; whatever is None does not matter."""

    agencies: Sequence[AgencyCode]
    """Those that the reader may list; no other case is ever shown."""
    now: datetime
    channel: Channel | None = None
    stage: Stage | None = None
    assignee: OfficialId | None = None
    due_before: date | None = None
    overdue: bool | None = None
    q: str | None = None
    """A registration, letter, agenda or tracking number, or how one begins."""
    limit: int = 50
    after: Cursor | None = None


class _Found(CaseRow, frozen=True, kw_only=True):
    position: int


async def case_list(connection: Connection, wanted: Wanted) -> CasePage:
    """One page of the list."""
    number = (wanted.q or "").strip()
    of = {
        "agencies": list(wanted.agencies),
        "before": BEGINNING if wanted.after is None else wanted.after.position,
        "channel": wanted.channel,
        "stage": wanted.stage,
        "assignee": wanted.assignee,
        "due_before": wanted.due_before,
        "overdue": wanted.overdue,
        "now": wanted.now,
        "number": beginning_with(number) if number else None,
        "few": FEW,
        "limit": wanted.limit + 1,
    }
    statement = _NEWEST
    if number:
        cursor = await connection.execute(_FITTING, of, prepare=False)
        row = await cursor.fetchone()
        assert row is not None
        statement = _NUMBERED if row[0] < FEW else _NEWEST
    async with connection.cursor(binary=True, row_factory=class_row(_Found)) as page:
        # Planned each time for the filters that are there: unused ones then cost
        # nothing, and each has its index.
        await page.execute(statement, of, prepare=False)
        found = await page.fetchall()
    shown = found[: wanted.limit]
    more = len(found) > len(shown)
    return CasePage(
        items=tuple(_row(one) for one in shown),
        next=Cursor(shown[-1].position).written() if more else None,
    )


def beginning_with(number: str) -> str:
    r"""A pattern for whatever begins so; `%`, `_` and `\` stand for themselves."""
    plain = number.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return f"{plain}%"


def _row(found: _Found) -> CaseRow:
    return CaseRow(
        case=found.case,
        registration_number=found.registration_number,
        agency=found.agency,
        channel=Channel(found.channel),
        stage=Stage(found.stage),
        outcome=None if found.outcome is None else Outcome(found.outcome),
        assignee=found.assignee,
        due_on=found.due_on,
    )
