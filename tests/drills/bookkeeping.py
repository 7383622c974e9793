"""Histories recorded without a pause, whatever happens to the database meanwhile."""

import asyncio
from collections.abc import Iterator, Sequence
from itertools import count

import psycopg
from msgspec.structs import replace

from application.entries import NewEntry
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


class Load:
    """What is recorded: many lives at once, and now and then one nobody can read."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._numbers = count(1)
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
        """Record a history with an entry in it that nobody can read."""
        life = lives.entries(lives.LIVES[2], f"BO-2026-{next(self._numbers):06}")
        await lives.record(connection, life[:2])
        await connection.execute(STRANGE, {"stream": life[0].stream, "version": 3})
        later = [replace(one, version=one.version + 1) for one in life[2:]]
        await lives.record(connection, later)
        self.recorded += len(life) + 1
        self.poison += 1
