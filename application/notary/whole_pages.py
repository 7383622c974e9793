"""Whether the register, sealed anew here, is the log that every copy holds.

Page by page: the entries made of the lines, each chained to the one before it in its
stream, are each copy's bundles to the last byte; their hashes are each copy's tiles,
and lead to every checkpoint; what came last in each stream is its head. Whoever looks
for nothing else but a yes needs no more. What is wrong, line_by_line.py finds out.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import NamedTuple

from application.notary import leaf
from application.notary.copies import STRETCH
from application.notary.entering import Head
from application.notary.heads import Heads
from application.notary.held_copies import Held, HeldCopies
from application.notary.last_entries import LastEntries
from application.notary.leading import Root, lead
from application.notary.leaf import NOTHING_BEFORE, POSITION, STREAM, VERSION
from application.notary.predecessors import Predecessors
from application.notary.register_pages import RegisterPages
from application.notary.stored import UnhashedLine, unhashed_after
from application.notary.tiles import WIDTH, Spot
from application.notary.tree import HASH, leaf_hash
from application.register import Connection


async def agree(
    connection: Connection,
    copies: Sequence[Held],
    roots: Sequence[Root],
    told: Callable[[int], None],
) -> int | None:
    """The position of the last line that is sealed; None unless everything agrees."""
    pages = WholePages(connection, copies, told)
    try:
        led = await lead(pages, roots)
    finally:
        await pages.close()
    upper = HeldCopies(copies)
    await upper.compare_upper(led.upper)
    if led.missed or upper.faults or not await pages.have_heads(roots[-1].size):
        return None
    return pages.position


class _DisagreementError(Exception):
    """Something is not as it was sealed."""


class _Theirs(NamedTuple):
    """A stretch of the log as a copy holds it."""

    size: int
    """Entries that the copy has to have, from the first one of the log on."""
    bundles: list[bytes]
    tiles: list[bytes]


class WholePages:
    """The hashes of the register's lines, for as long as all copies agree with them."""

    def __init__(
        self,
        connection: Connection,
        copies: Sequence[Held],
        told: Callable[[int], None],
    ) -> None:
        self._copies = copies
        self._pages = RegisterPages(connection, unhashed_after, _position)
        self._last = LastEntries()
        self._predecessors = Predecessors(connection, copies)
        self._heads = Heads(connection)
        self._told = told
        self._is_over = False

    @property
    def position(self) -> int:
        """Of the last line that was looked at."""
        return self._pages.position

    async def stretch(self, first: int, size: int) -> bytes:
        """Hash the next page; nothing where there is something wrong with it."""
        if self._is_over:
            return b""
        upto = min((first + STRETCH) * WIDTH, size)
        lines = await self._pages.page(upto - first * WIDTH)
        theirs = [await _theirs(each, first) for each in self._copies]
        await self._pages.ask(min(size - upto, STRETCH * WIDTH))
        hashes: list[bytes] = []
        for n, at in enumerate(range(0, len(lines), WIDTH)):
            some, begin = lines[at : at + WIDTH], first * WIDTH + at
            try:
                entries, hashed = await self._sealed_anew(begin, some)
            except _DisagreementError:
                self._is_over = True
            else:
                self._is_over = not _are_held(begin, n, entries, hashed, theirs)
            if self._is_over:
                return b""
            hashes.append(hashed)
            await self._pages.come()
        await self._heads.hold(self._last.forgotten())
        self._told(upto)
        return b"".join(hashes)

    async def have_heads(self, size: int) -> bool:
        """Whether every stream's head is what came last in it."""
        await self._heads.hold(self._last.rest())
        await self._heads.finish(size)
        return self._heads.fault is None

    async def close(self) -> None:
        """Come to an end, so that the connection can be used again."""
        await self._pages.close()

    async def _sealed_anew(
        self, begin: int, lines: Sequence[UnhashedLine]
    ) -> tuple[list[bytes], bytes]:
        """The entries of a bundle's lines, and their hashes one behind the other."""
        entries: list[bytes] = []
        hashes: list[bytes] = []
        young, recall = self._last.young, self._last.recall
        for index, line in enumerate(lines, begin):
            beginning = line.beginning
            stream = beginning[STREAM]
            version = int.from_bytes(beginning[VERSION], "big")
            last = young.get(stream) or recall(stream)
            if not stream:
                raise _DisagreementError
            if last is None:
                previous = await self._before(stream, version)
            elif last.version + 1 == version:
                previous = last.hash
            else:
                raise _DisagreementError
            if line.payload is None or line.context is None:
                raise _DisagreementError
            payload, context = sha256(line.payload), sha256(line.context)
            entry = beginning + payload.digest() + context.digest() + previous
            hashed = leaf_hash(entry)
            entries.append(entry)
            hashes.append(hashed)
            young[stream] = Head(version, index, hashed)
        self._predecessors.passed(leaf.position_of(lines[0].beginning))
        return entries, b"".join(hashes)

    async def _before(self, stream: bytes, version: int) -> bytes:
        """What an entry is chained to that continues none of those remembered."""
        if version == 1:
            return NOTHING_BEFORE
        hashed = await self._predecessors.hash_of(stream, version - 1)
        if hashed is None:
            raise _DisagreementError
        return hashed


def _position(line: UnhashedLine) -> int:
    return int.from_bytes(line.beginning[POSITION], "big", signed=True)


async def _theirs(held: Held, first: int) -> _Theirs:
    """What a copy holds from the bundle `first` on."""
    bundles = await held.copy.bundles(first, held.size)
    tiles = await held.copy.tiles(Spot(0, first), held.size)
    return _Theirs(held.size, bundles, tiles)


def _are_held(
    begin: int,
    n: int,
    entries: Sequence[bytes],
    hashes: bytes,
    theirs: Sequence[_Theirs],
) -> bool:
    """Whether every copy has these entries and hashes, as the nth of a stretch."""
    bundle = leaf.bundle(entries)
    for their in theirs:
        width = their.size - begin
        if width <= 0:
            continue
        ours = bundle if width >= len(entries) else leaf.bundle(entries[:width])
        if their.bundles[n] != ours or their.tiles[n] != hashes[: width * HASH]:
            return False
    return True
