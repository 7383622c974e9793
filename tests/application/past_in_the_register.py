"""Histories as the domain's scenarios tell them, put into a real register."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg import AsyncConnection

from application import register
from application.entries import Entry, Metadata, NewEntry
from domain import events
from domain.values import OfficialId
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
        entries.append(entry(stream, version, each.event, each.by, at))
    await register.append(connection.cursor(), entries)
    return stream


def entry(
    stream: UUID,
    version: int,
    event: events.AnyEvent,
    by: OfficialId,
    at: datetime = MORNING,
) -> NewEntry:
    """One entry that was recorded as it happened."""
    return NewEntry(
        stream=stream,
        version=version,
        event=event,
        event_id=uuid4(),
        occurred_at=at,
        recorded_at=at,
        metadata=Metadata(official=by),
    )


async def last(connection: AsyncConnection[Any], stream: UUID) -> Entry:
    """The last entry of a history."""
    return (await register.entries_of(connection, stream))[-1]
