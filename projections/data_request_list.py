"""The list of data subjects' requests: newest first, of the reader's agencies alone."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from application import named_sql
from application.register import Connection
from domain.values import AgencyCode, DataRequestKind, DataRequestStage, PersonId
from projections.cursor import BEGINNING, Cursor

_NEWEST = named_sql.load(__file__)["newest"]


class RequestsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """What to list; whatever is None does not matter."""

    agencies: Sequence[AgencyCode]
    now: datetime
    person: PersonId | None = None
    stage: DataRequestStage | None = None
    kind: DataRequestKind | None = None
    overdue: bool | None = None
    limit: int = 50
    after: Cursor | None = None


async def data_request_list(
    connection: Connection, wanted: RequestsWanted
) -> tuple[list[UUID], str | None]:
    """One page of the list, and where it goes on while there is more."""
    of = {
        "agencies": list(wanted.agencies),
        "before": BEGINNING if wanted.after is None else wanted.after.position,
        "person": wanted.person,
        "stage": wanted.stage,
        "kind": wanted.kind,
        "overdue": wanted.overdue,
        "now": wanted.now,
        "limit": wanted.limit + 1,
    }
    cursor = await connection.execute(_NEWEST, of, prepare=False)
    found = await cursor.fetchall()
    shown = found[: wanted.limit]
    more = len(found) > len(shown)
    rest = Cursor(shown[-1][1]).written() if more else None
    return [request for request, _ in shown], rest
