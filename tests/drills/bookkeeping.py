"""Histories recorded without a pause, whatever happens to the database meanwhile."""

import asyncio
from collections.abc import Iterator, Sequence
from itertools import count, cycle
from typing import TypeAlias

import psycopg
from msgspec.structs import replace

from application.entries import NewEntry
from domain import events
from tests.projections import lives

PAUSE = 0.005
"""Seconds between two batches."""
BATCH = 5
STRANGE = """
select register_append(
    array[%(stream)s::uuid], array[%(version)s::bigint], array['teleported'],
    array['{"type": "teleported"}'::bytea], null, null, null, null
)
"""

Life: TypeAlias = Sequence[NewEntry]


async def _record_unreadable(connection: psycopg.AsyncConnection, life: Life) -> int:
    """Nobody can read its third entry."""
    await lives.record(connection, life[:2])
    await connection.execute(STRANGE, {"stream": life[0].stream, "version": 3})
    await lives.record(connection, _later(life[2:]))
    return len(life) + 1


async def _record_unfoldable(connection: psycopg.AsyncConnection, life: Life) -> int:
    """It lacks its third entry."""
    await lives.record(connection, life[:2])
    await lives.record(connection, _later(life[2:]))
    return len(life)


async def _record_refused(connection: psycopg.AsyncConnection, life: Life) -> int:
    """From its disposition on it names a unit that the database can't hold."""
    refused = [
        replace(one, event=replace(one.event, unit="\0"))
        if isinstance(one.event, events.Disposed)
        else one
        for one in life
    ]
    assert refused != life
    await lives.record(connection, refused)
    return len(life)


def _later(life: Life) -> Life:
    return [replace(one, version=one.version + 1) for one in life]


POISON = (_record_unreadable, _record_unfoldable, _record_refused)
ERRORS = frozenset(
    {
        "UnknownTagError",
        "SkippedVersionError",
        "CharacterNotInRepertoire",
        "BehindParked",
    }
)
"""What all of them are parked for, and the later ones of their histories."""


class Load:
    """What is recorded: many lives at once, and now and then one no view can take."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._numbers = count(1)
        self._poison = cycle(POISON)
        self.recorded = 0
        self.poison = 0

    async def keep_up(self, stop: asyncio.Event) -> None:
        """Record until told to stop; a lost database is waited for."""
        while not stop.is_set():
            try:
                async with await psycopg.AsyncConnection.connect(
                    self._url, autocommit=True
                ) as connection:
                    await self._record(connection, stop)
            except psycopg.OperationalError:
                # What is in doubt is left as it is: any beginning is a history.
                await asyncio.sleep(PAUSE)

    async def _record(
        self, connection: psycopg.AsyncConnection, stop: asyncio.Event
    ) -> None:
        for batch in self._batches():
            if stop.is_set():
                return
            await lives.record(connection, batch)
            self.recorded += len(batch)
            await asyncio.sleep(PAUSE)

    def _batches(self) -> Iterator[Sequence[NewEntry]]:
        while True:
            made = lives.interleaved(
                lives.entries(life, f"BPPD-2026-{next(self._numbers):06}")
                for life in lives.LIVES
            )
            for first in range(0, len(made), BATCH):
                yield made[first : first + BATCH]

    async def poison_one(self, connection: psycopg.AsyncConnection) -> None:
        """Record a history that views can't take; each time of another kind."""
        life = lives.entries(lives.LIVES[2], f"BO-2026-{next(self._numbers):06}")
        self.recorded += await next(self._poison)(connection, life)
        self.poison += 1
