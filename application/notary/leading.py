"""Which hashes lead to the signed checkpoints: those are the ones to hold others to."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Final, NamedTuple, Protocol

import msgspec

from application.notary import stored
from application.notary.copies import STRETCH, Copy
from application.notary.leaf import NOTHING_BEFORE, LeafError, encode, readable
from application.notary.tiles import FULL, WIDTH, Edge, Spot
from application.notary.tree import HASH, leaf_hash, leaf_hashes
from application.register import Connection

FIRST_POSITION: Final = -(2**63)
"""Before every position that the database can hold."""


class Root(NamedTuple):
    """What a signed checkpoint says."""

    size: int
    root: bytes


class Hashes(Protocol):
    """Leaf hashes, a stretch at a time, shorter where they are lacking."""

    async def stretch(self, first: int, size: int) -> bytes:
        """The hashes from the bundle `first` on, of a log of this size."""


class HashesOfTiles:
    """As a copy's tiles of the lowest level hold them."""

    def __init__(self, copy: Copy) -> None:
        self._copy = copy

    async def stretch(self, first: int, size: int) -> bytes:
        """Read them."""
        return _whole(await self._copy.tiles(Spot(0, first), size), FULL)


class HashesOfEntries:
    """Worked out from a copy's entries."""

    def __init__(self, copy: Copy) -> None:
        self._copy = copy

    async def stretch(self, first: int, size: int) -> bytes:
        """Hash them."""
        bundles = await self._copy.bundles(first, size)
        hashed = [leaf_hashes(readable(bundle)) for bundle in bundles]
        return _whole(hashed, FULL)


class HashesOfRegister:
    """Worked out from the register's lines: what the log would be if sealed anew.

    Slower, and it keeps a hash of every stream: only for when nothing else leads on.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._position = FIRST_POSITION
        self._last: dict[bytes, bytes] = {}
        self._made: dict[int, bytes] = {}

    async def stretch(self, first: int, size: int) -> bytes:
        """Hash the lines; stretches are asked for in their order the first time."""
        if first not in self._made:
            wanted = min(STRETCH * WIDTH, size - first * WIDTH)
            self._made[first] = await self._next(wanted)
        return self._made[first]

    async def _next(self, wanted: int) -> bytes:
        lines = await stored.page_after(self._connection, self._position, wanted)
        hashed: list[bytes] = []
        for line in lines:
            try:
                entry = encode(line, self._last.get(line.stream, NOTHING_BEFORE))
            except LeafError:
                break
            leaf = leaf_hash(entry)
            self._last[line.stream] = leaf
            hashed.append(leaf)
            self._position = line.position
        return b"".join(hashed)


class Led(msgspec.Struct, frozen=True):
    """How far hashes lead."""

    hashes: Hashes
    reached: int
    """The largest checkpoint that they lead to: so many of them are proven."""
    missed: tuple[int, ...]
    """Sizes of checkpoints that they do not lead to."""
    upper: Mapping[Spot, bytes]
    """The tiles above the lowest level, as they have to be."""


async def lead(hashes: Hashes, roots: Sequence[Root]) -> Led:
    """Work out the roots of all checkpoints, in the order of their sizes."""
    edge, upper = Edge(), dict[Spot, bytes]()
    reached, missed = 0, list[int]()
    run = _Run(hashes, roots[-1].size)
    for size, root in roots:
        async for piece in run.upto(size):
            grown = edge.append(piece)
            upper.update((spot, tile) for spot, tile in grown.items() if spot.level)
        if edge.size == size and edge.root() == root:
            reached = size
        else:
            missed.append(size)
    return Led(hashes, reached, tuple(missed), upper)


class _Run:
    """Hashes from the first to the last, cut where somebody asks."""

    def __init__(self, hashes: Hashes, size: int) -> None:
        self._hashes = hashes
        self._size = size
        self._told = 0
        self._rest = b""

    async def upto(self, size: int) -> AsyncIterator[bytes]:
        """What comes until so many have been told; less where the hashes end."""
        while self._told < size:
            if not self._rest:
                at = self._told // WIDTH
                if self._told % (STRETCH * WIDTH):
                    return  # a stretch was short: nothing comes behind it
                self._rest = await self._hashes.stretch(at, self._size)
            if not self._rest:
                return
            wanted = HASH * (size - self._told)
            piece, self._rest = self._rest[:wanted], self._rest[wanted:]
            self._told += len(piece) // HASH
            yield piece


def _whole(parts: Sequence[bytes], full: int) -> bytes:
    """Parts one behind the other, up to the first one that is short."""
    kept: list[bytes] = []
    for part in parts:
        kept.append(part[: len(part) - len(part) % HASH])
        if len(part) < full:
            break
    return b"".join(kept)
