"""The copies of the log, the database's and the published one, read alike.

Nothing that a copy says is trusted before it has led to a signed checkpoint.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

from application import named_sql
from application.notary import leaf, ledger
from application.notary.faults import Where
from application.notary.key_history import KeyHistory
from application.notary.published import CHECKPOINT, CHECKPOINTS, Published
from application.notary.tiles import WIDTH, Spot
from application.notary.tree import HASH
from application.register import Connection

_SQL = named_sql.load(__file__)
_TILES = _SQL["tiles"]
_SIZES = _SQL["checkpoint_sizes"]
_CHECKPOINT = _SQL["checkpoint"]

STRETCH: Final = 64
"""Bundles, or tiles, that are read at once: 16,384 entries."""


class Copy(Protocol):
    """A copy of the log; what it lacks is empty or shorter."""

    @property
    def where(self) -> Where:
        """Whose it is."""

    async def bundles(self, first: int, size: int) -> list[bytes]:
        """Read a stretch of bundles, each as wide as in a log of this size."""

    async def tiles(self, spot: Spot, size: int) -> list[bytes]:
        """Read a stretch of tiles; `size` counts the hashes of their level."""

    async def checkpoints(self) -> list[int]:
        """Say of which sizes it has checkpoints, in their order."""

    async def checkpoint(self, size: int) -> bytes:
        """Read a checkpoint, a signed note."""


def _widths(first: int, size: int) -> Iterator[tuple[int, int]]:
    if first < 0:
        raise ValueError("bundles and tiles are counted from 0")
    for n in range(first, min(first + STRETCH, -(-size // WIDTH))):
        yield n, min(WIDTH, size - n * WIDTH)


def _cut(bundle: bytes, width: int) -> bytes:
    """The beginning of a bundle that may have grown since."""
    if width == WIDTH:
        return bundle
    kept = leaf.readable(bundle, width)
    return bundle[: sum(map(len, kept)) + 2 * len(kept)]


class DatabaseCopy:
    """The log's tables."""

    where = Where.DATABASE

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def bundles(self, first: int, size: int) -> list[bytes]:
        """Read bundles; they may have grown since a log of this size."""
        widths = dict(_widths(first, size))
        held = await ledger.bundles(self._connection, first, max(widths, default=0))
        return [_cut(held.get(n, b""), width) for n, width in widths.items()]

    async def tiles(self, spot: Spot, size: int) -> list[bytes]:
        """Read tiles; they may have grown since a log of this size."""
        level, first = spot
        where = {"level": level, "first": first, "last": first + STRETCH - 1}
        async with self._connection.cursor(binary=True) as cursor:
            await cursor.execute(_TILES, where, prepare=True)
            held: dict[int, bytes] = dict(await cursor.fetchall())
        return [held.get(n, b"")[: width * HASH] for n, width in _widths(first, size)]

    async def checkpoints(self) -> list[int]:
        """Say what was signed, as the database has it."""
        cursor = await self._connection.execute(_SIZES)
        return [size for (size,) in await cursor.fetchall()]

    async def checkpoint(self, size: int) -> bytes:
        """Read one."""
        cursor = await self._connection.execute(_CHECKPOINT, {"size": size})
        row = await cursor.fetchone()
        return b"" if row is None else str(row[0]).encode()


class PublishedCopy:
    """The directory to which the log is published."""

    where = Where.PUBLISHED

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._published = Published(folder)

    async def bundles(self, first: int, size: int) -> list[bytes]:
        """Read bundles, partial ones too."""
        return [
            _cut(self._published.bundle(n, width), width)
            for n, width in _widths(first, size)
        ]

    async def tiles(self, spot: Spot, size: int) -> list[bytes]:
        """Read tiles, partial ones too."""
        return [
            self._published.tile(Spot(spot.level, n), width)[: width * HASH]
            for n, width in _widths(spot.n, size)
        ]

    async def checkpoints(self) -> list[int]:
        """Say what was published."""
        return self._published.sizes()

    async def checkpoint(self, size: int) -> bytes:
        """Read one."""
        return self._published.content(f"{CHECKPOINTS}/{size}") or b""

    def is_there(self) -> bool:
        """Whether anything is published."""
        return self._published.folder.is_dir()

    def history(self) -> KeyHistory | None:
        """Read the keys; None where there are none. Raises NoteError."""
        return self._published.history()

    def latest(self) -> bytes:
        """Read what is published as the latest; empty where nothing is."""
        return self._published.content(CHECKPOINT) or b""
