"""Holds the register and every copy of the log to the hashes that are proven."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from hashlib import sha256
from struct import error
from typing import Final
from uuid import UUID

import msgspec

from application.notary import leaf, naming
from application.notary.chain import Chain, Link, split
from application.notary.copies import STRETCH, Copy, entries_in
from application.notary.faults import Fault, Kind
from application.notary.heads import Heads
from application.notary.leading import Hashes, hash_all
from application.notary.leaf import Leaf, LeafError
from application.notary.register_pages import RegisterPages, is_of
from application.notary.stored import StoredLine
from application.notary.tiles import FULL, WIDTH, Spot, entries_path, path
from application.notary.tree import HASH
from application.register import Connection

_POSITION: Final = slice(4, 12)


class Held(msgspec.Struct, frozen=True):
    """A copy of the log, and how many entries it has to have."""

    copy: Copy
    size: int


class Comparison:
    """One walk through the register, in the order of the log."""

    def __init__(
        self,
        connection: Connection,
        copies: Sequence[Held],
        hashes: Hashes,
        size: int,
    ) -> None:
        self._connection = connection
        self._copies = copies
        self._hashes = hashes
        self._size = size
        self.log = naming.Log(tuple(held.copy for held in copies), hashes, size)
        self._chain = Chain()
        self.heads = Heads(connection)
        self._firsts: list[int] = []
        """Of each bundle the position of its first entry, to find an entry again."""
        self._pages = RegisterPages(connection)
        self.register: Fault | None = None
        self.chain: Fault | None = None
        self.copies: dict[tuple[str, Kind], Fault] = {}
        """What is wrong first with each copy's entries and tiles."""

    @property
    def position(self) -> int:
        """Of the last line that was looked at."""
        return self._pages.position

    async def run(self, told: Callable[[int], None]) -> None:
        """Compare everything; of each place, the first fault is kept."""
        try:
            await self._run(told)
        finally:
            await self._pages.close()

    async def _run(self, told: Callable[[int], None]) -> None:
        for first in range(0, -(-self._size // WIDTH), STRETCH):
            begin = first * WIDTH
            hashes = await self._hashes.stretch(first, self._size)
            entries = await self._entries(first, hashes)
            await self._compare_tiles(first, hashes)
            self._identify(begin, entries)
            if self.register is None:
                await self._compare_lines(begin, entries, hashes)
            await self._follow(begin, entries, hashes)
            await self.heads.follow(begin, entries, hashes)
            told(min(self._size, begin + STRETCH * WIDTH))
        await self.heads.finish(self._size)

    async def _entries(self, first: int, hashes: bytes) -> list[bytes | None]:
        """The entries of a stretch, from whichever copy has the right ones."""
        stretches = [await held.copy.bundles(first, held.size) for held in self._copies]
        found: list[bytes | None] = []
        for offset, at in enumerate(range(0, len(hashes), FULL)):
            proven = hashes[at : at + FULL]
            n, good, entries = first + offset, b"", list[bytes]()
            for held, bundles in zip(self._copies, stretches, strict=True):
                width = min(held.size - n * WIDTH, len(proven) // HASH)
                bundle = bundles[offset] if offset < len(bundles) else b""
                if width <= 0 or bundle == good != b"":
                    continue
                said = entries_in(bundle)
                their = hash_all(said)
                is_whole = len(bundle) == sum(map(len, said)) + 2 * len(said)
                if their == proven and is_whole:
                    good, entries = bundle, said
                elif their != proven[: width * HASH] or not is_whole:
                    index = n * WIDTH + _first_other(proven, their)
                    self._note(held, Kind.ENTRIES_DIFFER, entries_path(n), index)
            found += entries or [None] * (len(proven) // HASH)
            starts_at = int.from_bytes(entries[0][_POSITION], "big") if entries else -1
            self._firsts.append(starts_at)
        return found

    def _note(
        self, held: Held, kind: Kind, file: str, index: int | None = None
    ) -> None:
        where = held.copy.where
        fault = Fault(where=where, kind=kind, index=index, file=file)
        self.copies.setdefault((where, kind), fault)

    async def _compare_tiles(self, first: int, proven: bytes) -> None:
        """Hold every copy to the lowest tiles of a stretch."""
        for held in self._copies:
            theirs = await held.copy.tiles(Spot(0, first), held.size)
            for n, tile in enumerate(theirs, first):
                begin = (n - first) * FULL
                end = min(begin + FULL, HASH * (held.size - first * WIDTH))
                if tile != proven[begin:end]:
                    index = n * WIDTH + _first_other(proven[begin:end], tile)
                    self._note(held, Kind.TILE_DIFFERS, path(Spot(0, n)), index)

    async def compare_upper(self, upper: Mapping[Spot, bytes]) -> None:
        """Hold every copy to the tiles above the lowest level."""
        for spot, tile in upper.items():
            begin = spot.n * WIDTH
            for held in self._copies:
                theirs = min(held.size >> 8 * spot.level, begin + len(tile) // HASH)
                if theirs <= begin:
                    continue
                found = (await held.copy.tiles(spot, theirs))[0]
                if found != tile[: HASH * (theirs - begin)]:
                    self._note(held, Kind.TILE_DIFFERS, path(spot))

    def _identify(self, begin: int, entries: Sequence[bytes | None]) -> None:
        """Say which entries the copies' faults are about, where one has it right."""
        for key, fault in self.copies.items():
            if fault.index is None or fault.position is not None:
                continue
            at = fault.index - begin
            entry = entries[at] if 0 <= at < len(entries) else None
            if entry is not None:
                self.copies[key] = named_by(fault, leaf.decode(entry))

    async def _compare_lines(
        self, begin: int, entries: Sequence[bytes | None], hashes: bytes
    ) -> None:
        following = min(self._size - begin - len(entries), STRETCH * WIDTH)
        lines = await self._pages.page(len(entries), following)
        at = self._first_different(entries, lines, hashes)
        if at is None:
            return
        line = lines[at] if at < len(lines) else None
        entry = entries[at]
        if entry is None:
            self.register = naming.of_line(begin + at, line, Kind.DIFFERS)
            return
        self.register = await naming.of_sealed(
            self._connection, self.log, begin + at, leaf.decode(entry), line
        )

    def _first_different(
        self,
        entries: Sequence[bytes | None],
        lines: Sequence[StoredLine],
        hashes: bytes,
    ) -> int | None:
        for at, (entry, line) in enumerate(zip(entries, lines, strict=False)):
            try:
                if entry is None:
                    if not self._hashes_to(line, hashes[at * HASH : (at + 1) * HASH]):
                        return at
                elif not is_of(entry, line):
                    return at
            except (LeafError, error):
                return at
        return len(lines) if len(lines) < len(entries) else None

    def _hashes_to(self, line: StoredLine, proven: bytes) -> bool:
        """Whether the line, chained to the last of its stream, has the proven hash."""
        entry = leaf.encode(line, self._chain.last(line.stream))
        self._chain.remember(line.stream, line.version, proven)
        return sha256(b"\0" + entry).digest() == proven

    async def _follow(
        self, begin: int, entries: Sequence[bytes | None], hashes: bytes
    ) -> None:
        if self.chain is not None or self.register is not None:
            return
        broken, links = self._chain.follow(begin, entries, hashes)
        looked_up = [link.at async for link in self._broken(links)]
        candidates = [at for at in (broken, *looked_up[:1]) if at is not None]
        if not candidates:
            return
        index = min(candidates)
        entry = entries[index - begin]
        assert entry is not None, "what is not at hand is passed over"
        where = self._copies[0].copy.where
        fault = Fault(where=where, kind=Kind.CHAIN_BROKEN, index=index)
        self.chain = named_by(fault, leaf.decode(entry))

    async def _broken(self, links: Sequence[Link]) -> AsyncIterator[Link]:
        """Those whose predecessor, looked up in the log, is another one."""
        for link in links:
            stream = UUID(bytes=link.stream)
            position = await naming.position_of(
                self._connection, stream, link.version - 1
            )
            if position is None or await self._hash_at(position) != link.previous:
                yield link

    async def _hash_at(self, position: int) -> bytes | None:
        after = (n for n, first in enumerate(self._firsts) if first > position)
        n = next(after, len(self._firsts)) - 1
        for held in self._copies:
            for bundle in (await held.copy.bundles(n, held.size))[:1]:
                for entry in entries_in(bundle):
                    if int.from_bytes(entry[_POSITION], "big") == position:
                        return sha256(b"\0" + entry).digest()
        return None


def named_by(fault: Fault, sealed: Leaf) -> Fault:
    """The fault as one of a sealed entry."""
    return msgspec.structs.replace(
        fault,
        position=sealed.position,
        stream=sealed.stream,
        version=sealed.version,
        tag=sealed.tag,
    )


def _first_other(proven: bytes, their: bytes) -> int:
    """Which of the hashes is not as proven; the first one that is lacking else."""
    pairs = zip(split(proven), split(their), strict=False)
    others = (at for at, (one, other) in enumerate(pairs) if one != other)
    return next(others, min(len(their), len(proven) - HASH) // HASH)
