"""All that touches a person's data, as somebody saw it who decides about them.

What is listed is read before the desk's transaction; there it is looked at again, so
that nothing that came in between goes unweighed, or is destroyed without a word.
"""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import msgspec
from psycopg import AsyncCursor

from application import arrays, named_sql
from application.discretion import discreet
from domain.values import Digest

_SQL = named_sql.load(__file__)
_ALL_MATTERS = _SQL["all_matters"]
_ALL_PAPERS = _SQL["all_papers"]

MATTERS_MOVED: Final = "all_matters"
"""Constraint that a matter or a paper violates which came in between."""


class AllMatters(msgspec.Struct, frozen=True):
    """The matters that a decision about a person's data was taken for."""

    person: UUID
    matters: tuple[UUID, ...]
    his: tuple[UUID, ...] = ()
    """Those of them whose papers go with him."""
    papers: tuple[Digest, ...] | None = None
    """What goes; None where he stays."""


async def must_be_all(cursor: AsyncCursor[Any], seen: Sequence[AllMatters]) -> None:
    """Look again in the caller's transaction; nothing is fetched.

    Comes behind what the transaction itself seals: that was not seen either.
    """
    with discreet():
        for one in seen:
            await cursor.execute(
                _ALL_MATTERS,
                {"person": one.person, "matters": arrays.uuids(one.matters)},
            )
            if one.papers is not None:
                digests = [bytes.fromhex(document) for document in one.papers]
                await cursor.execute(
                    _ALL_PAPERS,
                    {
                        "matters": arrays.uuids(one.his),
                        "sha256s": arrays.byteas(digests),
                    },
                )
