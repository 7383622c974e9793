"""How far the views lag behind while commands come in."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from time import perf_counter

import msgspec
from msgspec.structs import replace
from psycopg import AsyncConnection

from application import register
from projections import view_marks
from projections.view import CHANNEL
from projections.views import SERVING, VIEWS
from tests.awaiting import comes_true, comes_true_there
from tests.domain.offices import BPPD
from tests.load.deadlines import open_cases
from tests.served import CHECKOUT, DISPOSISI, environment

BATCH = 10
"""Entries that the desk records at once."""
PACE = 0.95
"""Of the entries a second that were asked for, so many must have been recorded."""
PATIENCE = 120.0
LISTEN = f"listen {CHANNEL}"


class Lag:
    """When each batch was recorded, and when every view had it."""

    def __init__(self) -> None:
        self._recorded: list[tuple[int, float]] = []
        self._at: dict[str, int] = {}
        self.took: list[float] = []

    def recorded(self, position: int) -> None:
        """Note that this position was committed just now."""
        self._recorded.append((position, perf_counter()))
        self._look()

    def moved(self, payload: str) -> None:
        """Note how far a copy has come, as its notice says."""
        schema, _, position = payload.partition(" ")
        self._at[schema] = int(position)
        self._look()

    def _look(self) -> None:
        if len(self._at) < len(VIEWS):
            return
        behind = min(self._at.values())
        now = perf_counter()
        while self._recorded and self._recorded[0][0] <= behind:
            _, since = self._recorded.pop(0)
            self.took.append((now - since) * 1000)

    @property
    def is_whole(self) -> bool:
        """Whether every view has everything."""
        return not self._recorded


class Followed(msgspec.Struct, frozen=True):
    """What came of recording beside a projector."""

    lags: list[float]
    """Milliseconds until every view had a batch."""
    recorded_per_second: float
    """Fewer than were asked for when the recorder could not keep its pace."""


@contextmanager
def projector(url: str, folder: Path) -> Iterator[None]:
    """Run one as a process of its own."""
    with subprocess.Popen(
        [*DISPOSISI, "run", "projector"],
        env=environment(folder, {"DATABASE_URL": url}),
        stderr=sys.stderr,
        cwd=CHECKOUT,
    ) as process:
        try:
            yield
        finally:
            process.terminate()


async def followed(url: str, per_second: int, seconds: float) -> Followed:
    """Record so many entries a second beside a running projector."""
    lag = Lag()
    async with (
        await AsyncConnection.connect(url, autocommit=True) as book,
        await AsyncConnection.connect(url, autocommit=True) as ear,
    ):
        await _caught_up(book)
        await ear.execute(LISTEN)
        hearing = asyncio.create_task(_hear(ear, lag))
        recorded_per_second = await record(book, lag, per_second, seconds)
        await comes_true(lambda: lag.is_whole, PATIENCE)
        hearing.cancel()
        await asyncio.gather(hearing, return_exceptions=True)
    return Followed(lag.took, recorded_per_second)


async def _caught_up(book: register.Connection) -> None:
    async def stands() -> bool:
        head = await register.head(book)
        found = await view_marks.positions(book)
        return all(found.get(copy.schema, -1) >= head for copy in SERVING)

    await comes_true_there(stands, PATIENCE)


async def _hear(ear: register.Connection, lag: Lag) -> None:
    async for notice in ear.notifies():
        lag.moved(notice.payload)


async def record(
    book: register.Connection, lag: Lag, per_second: int, seconds: float
) -> float:
    """A batch at a time, each at its moment or at once where it is late.

    Ends after so many seconds, or later; answers how many a second it has recorded.
    """
    entries = (
        replace(entry, metadata=replace(entry.metadata, agency=BPPD))
        for entry in open_cases(int(per_second * seconds))
    )
    begun, batches = perf_counter(), int(per_second * seconds / BATCH)

    async def moment(n: int) -> None:
        await asyncio.sleep(max(0, begun + n * BATCH / per_second - perf_counter()))

    for n in range(batches):
        await moment(n)
        batch = list(islice(entries, BATCH))
        positions = await register.append(book.cursor(), batch)
        lag.recorded(positions[-1])
    await moment(batches)
    return batches * BATCH / (perf_counter() - begun)
