"""What a page of the register becomes when it is entered in the log; pure."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from application.notary import leaf
from application.notary.leaf import LeafError, assemble
from application.notary.stored import DigestedLine
from application.notary.tiles import WIDTH, Edge, Spot
from application.notary.tree import leaf_hash


class Head(msgspec.Struct, frozen=True, gc=False):
    """The last sealed entry of a stream."""

    version: int
    index: int
    hash: bytes


_BEFORE_ALL: Final = Head(0, -1, leaf.NOTHING_BEFORE)


class Bundle(NamedTuple):
    """Up to 256 entries, as they stand in the log so far."""

    n: int
    first: int
    """Position of the first entry's line."""
    entries: bytes


class Sealed(msgspec.Struct, frozen=True):
    """Everything that a page adds to the log."""

    size: int
    tiles: Mapping[Spot, bytes]
    bundles: Sequence[Bundle]
    heads: Mapping[bytes, Head]


class UnsealableError(Exception):
    """A line that the log can't take: somebody wrote beside our program.

    Nothing from its position on is sealed until the line is as it has to be.
    """

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(f"position {position}: {reason}")
        self.position = position
        self.reason = reason


class OpenEnd:
    """The right end of the log, where it grows: partial tiles, and a partial bundle."""

    def __init__(self, edge: Edge, bundle: bytes = b"") -> None:
        """Raises LeafError for a bundle that does not hold the edge's entries.

        It may hold more: another sealer has gone on, and will be told by the mark.
        """
        self._edge = edge
        self._bundle = bundle
        self._first = 0
        entries, width = leaf.unbundle(bundle), edge.size % WIDTH
        if len(entries) < width:
            raise LeafError("the last bundle lacks entries")
        if width:
            self._first = leaf.decode(entries[0]).position

    @property
    def size(self) -> int:
        """Entries so far."""
        return self._edge.size

    def take(
        self, lines: Sequence[DigestedLine], heads: Mapping[bytes, Head]
    ) -> Sealed:
        """Take in a page; `heads` are the last entries of its streams.

        Raises UnsealableError, and has to be read anew from the database then.
        """
        heads = dict(heads)
        entries: list[bytes] = []
        hashes: list[bytes] = []
        for index, line in enumerate(lines, self.size):
            stream, version = line.stream, line.version
            last = heads.get(stream, _BEFORE_ALL)
            if version != last.version + 1:
                raise _gap(line, last)
            try:
                entry = assemble(line, last.hash)
            except LeafError as fault:
                raise UnsealableError(line.position, str(fault)) from fault
            hashed = leaf_hash(entry)
            entries.append(entry)
            hashes.append(hashed)
            heads[stream] = Head(version, index, hashed)
        bundles = self._bundled(lines, entries)
        tiles = self._edge.append(b"".join(hashes))
        return Sealed(self.size, tiles, bundles, heads)

    def _bundled(
        self, lines: Sequence[DigestedLine], entries: Sequence[bytes]
    ) -> list[Bundle]:
        """Fill the open bundle, then begin others; the last one stays open."""
        bundles: list[Bundle] = []
        n, width = divmod(self.size, WIDTH)
        begin = 0
        while begin < len(entries):
            if not width:
                self._bundle, self._first = b"", lines[begin].position
            end = begin + WIDTH - width
            self._bundle += leaf.bundle(entries[begin:end])
            bundles.append(Bundle(n, self._first, self._bundle))
            begin, n, width = end, n + 1, 0
        return bundles


def _gap(line: DigestedLine, last: Head) -> UnsealableError:
    return UnsealableError(
        line.position,
        f"version {line.version} of {UUID(bytes=line.stream)} where version"
        f" {last.version + 1} comes next",
    )
