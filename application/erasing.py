"""Erasing a person: the key is destroyed, and with it every copy of what it sealed.

What the register says stays: ids, and digests of ciphertexts that nothing opens.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from psycopg import AsyncCursor

from application import arrays, named_sql
from application.discretion import discreet
from domain.values import AgencyCode, Digest

_SQL = named_sql.load(__file__)
_ERASE = _SQL["erase"]


class Erasure(msgspec.Struct, frozen=True):
    """A person to erase, with the documents that are about nobody else."""

    person: UUID
    documents: tuple[tuple[AgencyCode, Digest], ...] = ()
    """Each in the agency that keeps it; the same bytes kept elsewhere stay."""


async def erase(
    cursor: AsyncCursor[Any],
    persons: Sequence[UUID],
    documents: Sequence[tuple[AgencyCode, Digest]],
    erased_at: datetime,
) -> None:
    """Erase in the caller's transaction; nothing is fetched.

    Keys are destroyed, ciphertexts and likenesses deleted, documents emptied. What is
    erased already stays as it was.
    """
    with discreet():
        await cursor.execute(
            _ERASE,
            {
                "persons": arrays.uuids(persons),
                "sha256s": arrays.byteas(
                    [bytes.fromhex(sha256) for _, sha256 in documents]
                ),
                "agencies": arrays.texts([agency for agency, _ in documents]),
                "erased_at": erased_at,
            },
            prepare=True,
        )
