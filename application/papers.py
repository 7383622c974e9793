"""Which matters name a document; whoever wants to open it is asked about these."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection, AsyncCursor

from application import arrays, named_sql
from application.entries import NewEntry
from domain import events
from domain.values import Digest

_SQL = named_sql.load(__file__)
_FILE = _SQL["file"]
_SUBJECTS = _SQL["subjects"]

_WITH_DOCUMENT = (
    events.Drafted,
    events.ConsequenceTestRecorded,
    events.ComplaintAnswered,
)


def named(entries: Collection[NewEntry]) -> list[tuple[Digest, UUID]]:
    """The documents that these entries name, each with its matter."""
    found = []
    for entry in entries:
        document = None
        if isinstance(entry.event, _WITH_DOCUMENT):
            document = entry.event.document
        elif isinstance(entry.event, events.ObjectionFiled):
            document = entry.event.power_of_attorney
        if document is not None:
            found.append((document, entry.stream))
    return found


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


async def subjects(connection: AsyncConnection[Any], sha256: bytes) -> list[UUID]:
    """The matters that name a document; empty for one that was only brought so far."""
    cursor = await connection.execute(_SUBJECTS, {"sha256": sha256})
    return [subject for (subject,) in await cursor.fetchall()]
