"""Histories as the domain's scenarios tell them, put into a real register."""

from typing import Any
from uuid import UUID, uuid4

from psycopg import AsyncConnection

from application import register
from application.entries import Entry, Metadata, NewEntry
from tests.domain.scenarios import MINUTE, MORNING, Happened


async def record(
    connection: AsyncConnection[Any], *happened: Happened, stream: UUID | None = None
) -> UUID:
    """Enter a whole history; answers its stream."""
    stream = stream or uuid4()
    entries: list[NewEntry] = []
    at = MORNING - MINUTE
    for version, each in enumerate(happened, start=1):
        at = each.at or at + MINUTE
        entries.append(
            NewEntry(
                stream=stream,
                version=version,
                event=each.event,
                event_id=uuid4(),
                occurred_at=at,
                recorded_at=at,
                metadata=Metadata(official=each.by),
            )
        )
    await register.append(connection.cursor(), entries)
    return stream


async def last(connection: AsyncConnection[Any], stream: UUID) -> Entry:
    """The last entry of a history."""
    return (await register.entries_of(connection, stream))[-1]
