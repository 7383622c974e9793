"""Cases that lines of other books are about."""

from collections.abc import Collection
from uuid import UUID

import msgspec

from application import arrays, named_sql
from application.register import Connection
from projections.case_row import Folded

_CASES = named_sql.load(__file__)["cases"]

_decode = msgspec.msgpack.Decoder(Folded).decode


async def cases_of(
    connection: Connection, cases: Collection[UUID]
) -> dict[UUID, Folded]:
    """These cases as they stand in their view; one that is parked may be missing."""
    if not cases:
        return {}
    cursor = connection.cursor(binary=True)
    await cursor.execute(_CASES, {"cases": arrays.uuids(list(cases))})
    return {case: _decode(folded) for case, folded in await cursor.fetchall()}
