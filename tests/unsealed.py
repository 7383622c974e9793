"""Opens what was sealed, as tests may: they are no people, and leave no reading."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection

from application import opening
from application.documents import Document, Documents
from application.people import People
from domain.values import AgencyCode, Digest


async def read(
    people: People, conn: AsyncConnection[Any], record: UUID
) -> dict[str, bytes]:
    """All fields of a record, by the name they are kept under."""
    return (await reads(people, conn, (record,))).get(record, {})


async def reads(
    people: People, conn: AsyncConnection[Any], records: Collection[UUID]
) -> dict[UUID, dict[str, bytes]]:
    """All fields of many records."""
    found: dict[UUID, dict[str, bytes]] = {}
    for one in await people.closed(conn, records):
        found.setdefault(one.record, {})[one.field] = opening.field(people, one)
    return found


async def told(
    people: People, conn: AsyncConnection[Any], record: UUID
) -> dict[Digest, bytes]:
    """All fields of a record, by the digest that its events carry."""
    closed = await people.closed(conn, (record,))
    return opening.opened(people, closed).get(record, {})


async def told_of(
    people: People, conn: AsyncConnection[Any], records: Collection[UUID], *fields: str
) -> dict[UUID, dict[Digest, bytes]]:
    """Some fields of many records, by digest."""
    return opening.opened(people, await people.closed_of(conn, records, *fields))


async def fetch(
    documents: Documents, conn: AsyncConnection[Any], agency: AgencyCode, sha256: Digest
) -> Document | None:
    """A document; None where the agency has no such one."""
    found = await documents.find(conn, agency, sha256)
    return None if found is None else await opening.document(documents, found)
