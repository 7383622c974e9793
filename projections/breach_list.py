"""The list of data breaches: newest first, of the reader's agencies alone."""

from collections.abc import Sequence
from uuid import UUID

from application import named_sql
from application.register import Connection
from domain.values import AgencyCode, BreachStage
from projections.cursor import BEGINNING, Cursor

_NEWEST = named_sql.load(__file__)["newest"]


async def breach_list(
    connection: Connection,
    agencies: Sequence[AgencyCode],
    stage: BreachStage | None,
    limit: int,
    after: Cursor | None,
) -> tuple[list[UUID], str | None]:
    """One page of the list, and where it goes on while there is more."""
    of = {
        "agencies": list(agencies),
        "before": BEGINNING if after is None else after.position,
        "stage": stage,
        "limit": limit + 1,
    }
    cursor = await connection.execute(_NEWEST, of, prepare=False)
    found = await cursor.fetchall()
    shown = found[:limit]
    more = len(found) > len(shown)
    rest = Cursor(shown[-1][1]).written() if more else None
    return [breach for breach, _ in shown], rest
