"""Whether every entry holds the hash of the one before it in its stream."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from application.notary.leaf import NOTHING_BEFORE, PREVIOUS, STREAM, VERSION
from application.notary.tree import HASH

KEPT: Final = 65_536
"""Streams of which the last entry is remembered; twice as many at most."""


class Link(NamedTuple):
    """An entry whose predecessor came so long ago that it has to be looked up."""

    at: int
    """Its index in the log."""
    stream: bytes
    version: int
    previous: bytes


class Chain:
    """Follows the streams through the log with a bounded memory."""

    def __init__(self) -> None:
        self._young: dict[bytes, tuple[int, bytes]] = {}
        self._old: dict[bytes, tuple[int, bytes]] = {}

    def last(self, stream: bytes) -> bytes:
        """The hash of a stream's last entry; zeros where none is remembered."""
        known = self._young.get(stream) or self._old.get(stream)
        return NOTHING_BEFORE if known is None else known[1]

    def follow(
        self, begin: int, entries: Sequence[bytes | None], hashes: bytes
    ) -> tuple[int | None, list[Link]]:
        """Take in entries from index `begin` on.

        Answers the first one that holds another hash than it should, and those of which
        it can't be told here. An entry that is not at hand is passed over.
        """
        young, old = self._young, self._old
        broken, links = None, list[Link]()
        for index, (entry, hashed) in enumerate(
            zip(entries, split(hashes), strict=False), begin
        ):
            if entry is None:
                continue
            stream, previous = entry[STREAM], entry[PREVIOUS]
            version = int.from_bytes(entry[VERSION], "big")
            known = young.get(stream) or old.get(stream)
            if known is None and version > 1:
                links.append(Link(index, stream, version, previous))
            elif (version - 1, previous) != (known or (0, NOTHING_BEFORE)):
                broken = index if broken is None else broken
            young[stream] = (version, hashed)
            if len(young) > KEPT:
                self._old = old = young
                self._young = young = {}
        return broken, links

    def remember(self, stream: bytes, version: int, hashed: bytes) -> None:
        """Take in an entry of which only the hash is at hand."""
        self._young[stream] = (version, hashed)


def split(hashes: bytes) -> Iterator[bytes]:
    """Hashes that stand one behind the other, one by one."""
    return (hashes[at : at + HASH] for at in range(0, len(hashes), HASH))
