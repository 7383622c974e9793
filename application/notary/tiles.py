"""Hashes in tiles of 256, as C2SP tlog-tiles lays them out.

Level 0 holds the hashes of leaves; each hash of a higher level is the root over a full
tile of the level below. A tile only ever grows to the right, to 256 hashes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from application.notary import tree
from application.notary.tree import HASH, Range

WIDTH: Final = 256
"""Hashes of a full tile, and entries of a full bundle."""
FULL: Final = WIDTH * HASH
_HEIGHT: Final = 8
"""Levels of the tree that a tile spans."""


class Spot(NamedTuple):
    """Where a tile is: its level, and its number from the left."""

    level: int
    n: int


class MissingTileError(Exception):
    """A hash was asked for that no tile at hand holds."""

    def __init__(self, spot: Spot) -> None:
        super().__init__(f"tile {spot.level}/{spot.n} lacks the hash")
        self.spot = spot


def path(spot: Spot, width: int = WIDTH) -> str:
    """Name a tile's file, as in `tile/0/x001/234.p/5`."""
    return f"tile/{spot.level}/{_number(spot.n)}{_partial(width)}"


def entries_path(n: int, width: int = WIDTH) -> str:
    """Name the file of a bundle of entries, as in `tile/entries/x001/234`."""
    return f"tile/entries/{_number(n)}{_partial(width)}"


def _number(n: int) -> str:
    assert n >= 0, "tiles are counted from 0"
    groups = [f"{n % 1000:03}"]
    while n := n // 1000:
        groups.append(f"x{n % 1000:03}")
    return "/".join(reversed(groups))


def _partial(width: int) -> str:
    return "" if width == WIDTH else f".p/{width}"


def widths(size: int, since: int = 0) -> Iterator[tuple[Spot, int]]:
    """Say which tiles hold the hashes that a tree of this size has more than `since`.

    With each its width in the tree; the last one of a level may be partial.
    """
    level = 0
    while size:
        for n in range(since // WIDTH, -(-size // WIDTH)):
            yield Spot(level, n), min(size - n * WIDTH, WIDTH)
        level, size, since = level + 1, size // WIDTH, since // WIDTH


def edge_widths(size: int) -> Iterator[tuple[Spot, int]]:
    """Say for each level how wide the next tile to grow is already; it may be empty."""
    level = 0
    while size:
        n, width = divmod(size, WIDTH)
        yield Spot(level, n), width
        level, size = level + 1, n


def spots(ranges: Iterable[Range]) -> set[Spot]:
    """Say which tiles are needed to tell the hashes of ranges."""
    return {_place(part)[0] for each in ranges for part in _complete(*each)}


def _complete(begin: int, end: int) -> Iterator[Range]:
    """Split a range of a proof into complete subtrees, from the left."""
    while end - begin > 0:
        size = end - begin
        part = size if tree.is_complete(size) else tree.split(size)
        yield begin, begin + part
        begin += part


def _place(part: Range) -> tuple[Spot, slice]:
    """Find the hashes over which a complete subtree's root is worked out."""
    begin, end = part
    height = (end - begin).bit_length() - 1
    level, rest = divmod(height, _HEIGHT)
    n, offset = divmod(begin >> _HEIGHT * level, WIDTH)
    return Spot(level, n), slice(HASH * offset, HASH * (offset + (1 << rest)))


class Tiles:
    """Tiles at hand; they tell the hashes that proofs are made of."""

    def __init__(self, held: Mapping[Spot, bytes]) -> None:
        self._held = held

    def hash_of(self, begin: int, end: int) -> bytes:
        """Tell the hash over a range of leaves; raises MissingTileError."""
        parts = [self._root(part) for part in _complete(begin, end)]
        if not parts:
            return tree.EMPTY_ROOT
        root = parts.pop()
        while parts:
            root = tree.node_hash(parts.pop(), root)
        return root

    def hashes(self, ranges: Sequence[Range]) -> list[bytes]:
        """Tell the hashes of a proof's ranges."""
        return [self.hash_of(*each) for each in ranges]

    def _root(self, part: Range) -> bytes:
        spot, where = _place(part)
        hashes = self._held.get(spot, b"")[where]
        if len(hashes) != where.stop - where.start:
            raise MissingTileError(spot)
        return tree.complete_root(hashes)


class Edge:
    """The growing right edge of a tree: the last, partial tile of each level."""

    def __init__(self, size: int = 0, held: Mapping[Spot, bytes] | None = None) -> None:
        self.size = size
        self._partial: list[bytes] = []
        for spot, width in edge_widths(size):
            hashes = (held or {}).get(spot, b"")[: width * HASH]
            if len(hashes) != width * HASH:
                raise MissingTileError(spot)
            self._partial.append(hashes)

    def append(self, hashes: bytes) -> dict[Spot, bytes]:
        """Take in leaf hashes, and answer every tile that changed, as it is now."""
        begin, self.size = self.size, self.size + len(hashes) // HASH
        changed: dict[Spot, bytes] = {}
        level = 0
        while hashes:
            if level == len(self._partial):
                self._partial.append(b"")
            run = self._partial[level] + hashes
            above: list[bytes] = []
            for n, at in enumerate(range(0, len(run), FULL), begin // WIDTH):
                tile = run[at : at + FULL]
                changed[Spot(level, n)] = tile
                if len(tile) == FULL:
                    above.append(tree.complete_root(tile))
            self._partial[level] = b"" if len(tile) == FULL else tile
            hashes, begin, level = b"".join(above), begin // WIDTH, level + 1
        return changed

    def root(self) -> bytes:
        """Work out the root of the tree as it is; the partial tiles are enough."""
        return Tiles(self.partial()).hash_of(0, self.size)

    def partial(self) -> dict[Spot, bytes]:
        """Tell the partial tile of each level that has one."""
        size = self.size
        held: dict[Spot, bytes] = {}
        for level, hashes in enumerate(self._partial):
            size, width = divmod(size, WIDTH)
            if width:
                held[Spot(level, size)] = hashes
        return held
