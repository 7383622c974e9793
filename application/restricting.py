"""Restricting: for the time being nobody uses what is sealed of a person.

UU 27/2022 art. 41. The register says why; this is what opening asks (people.sql).
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from psycopg import AsyncCursor

from application import arrays, named_sql
from application.discretion import discreet

_SQL = named_sql.load(__file__)
_RESTRICT = _SQL["restrict"]
_LIFT = _SQL["lift"]


class Restriction(msgspec.Struct, frozen=True):
    """A person whose data are closed to all from now on, or open again."""

    person: UUID
    request: UUID
    """The history of the request at whose wish."""
    lifted: bool = False


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
