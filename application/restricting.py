"""Restricting: for the time being nobody uses what is sealed of a person.

UU 27/2022 art. 41. The register says why; this is what opening asks (people.sql).
"""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import msgspec
from psycopg import AsyncConnection, AsyncCursor

from application import arrays, named_sql
from application.discretion import discreet

_SQL = named_sql.load(__file__)
_RESTRICT = _SQL["restrict"]
_LIFT = _SQL["lift"]
_CLOSED = _SQL["closed"]


class Restriction(msgspec.Struct, frozen=True):
    """A person whose data are closed to all from now on, or open again."""

    person: UUID
    request: UUID
    """The history of the request at whose wish."""
    lifted: bool = False


async def any_closed(
    connection: AsyncConnection[Any], persons: Collection[UUID]
) -> bool:
    """Whether the data of one of these are closed to all."""
    cursor = await connection.execute(_CLOSED, {"persons": list(persons)})
    row = await cursor.fetchone()
    return row is not None and bool(row[0])


async def restrict(
    cursor: AsyncCursor[Any], restrictions: Sequence[Restriction]
) -> None:
    """Close and open in the caller's transaction; nothing is fetched."""
    for lifted, statement in ((False, _RESTRICT), (True, _LIFT)):
        some = [one for one in restrictions if one.lifted is lifted]
        if some:
            with discreet():
                await cursor.execute(
                    statement,
                    {
                        "persons": arrays.uuids([one.person for one in some]),
                        "requests": arrays.uuids([one.request for one in some]),
                    },
                )
