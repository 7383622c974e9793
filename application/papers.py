"""Which matters name a document; whoever wants to open it is asked about these."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection, AsyncCursor

from application import arrays, named_sql
from application.entries import NewEntry
from domain.events import documents_named
from domain.values import Digest

_SQL = named_sql.load(__file__)
_FILE = _SQL["file"]
_NAMED_BY = _SQL["named_by"]
_SUBJECTS = _SQL["subjects"]


def named(entries: Collection[NewEntry]) -> list[tuple[Digest, UUID]]:
    """The documents that these entries name, each with its matter."""
    return [
        (document, entry.stream)
        for entry in entries
        for document in documents_named(entry.event)
    ]


async def file(cursor: AsyncCursor[Any], papers: Sequence[tuple[Digest, UUID]]) -> None:
    """Note them in the transaction of the entries that name them."""
    await cursor.execute(
        _FILE,
        {
            "sha256s": arrays.byteas(
                [bytes.fromhex(document) for document, _ in papers]
            ),
            "subjects": arrays.uuids([subject for _, subject in papers]),
        },
        prepare=True,
    )


async def named_by(
    connection: AsyncConnection[Any], documents: Collection[Digest]
) -> dict[Digest, set[UUID]]:
    """The matters that name each of these; what none names is left out."""
    if not documents:
        return {}
    sha256s = [bytes.fromhex(document) for document in documents]
    cursor = await connection.execute(_NAMED_BY, {"sha256s": sha256s})
    found: dict[Digest, set[UUID]] = {}
    for document, subject in await cursor.fetchall():
        found.setdefault(document, set()).add(subject)
    return found


async def subjects(connection: AsyncConnection[Any], sha256: bytes) -> list[UUID]:
    """The matters that name a document; empty for one that was only brought so far."""
    cursor = await connection.execute(_SUBJECTS, {"sha256": sha256})
    return [subject for (subject,) in await cursor.fetchall()]
