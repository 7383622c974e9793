"""Whether the register, sealed anew here, is the log that every copy holds.

Page by page: the entries made of the lines, each chained to the one before it in its
stream, are each copy's bundles to the last byte; their hashes are each copy's tiles,
and lead to every checkpoint; what came last in each stream is its head. Whoever looks
for nothing else but a yes needs no more. What is wrong, line_by_line.py finds out.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from application.notary import leaf
from application.notary.copies import STRETCH
from application.notary.entering import Head
from application.notary.heads import Heads
from application.notary.held_copies import Held, HeldCopies
from application.notary.last_entries import LastEntries
from application.notary.leading import Root, lead
from application.notary.leaf import NOTHING_BEFORE, LeafError
from application.notary.predecessors import Predecessors
from application.notary.register_pages import RegisterPages
from application.notary.stored import StoredLine
from application.notary.tiles import FULL, WIDTH, Spot
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


class _Parts(NamedTuple):
    """A stretch of the log as a copy holds it, or as it has to be."""

    width: int
    """Entries."""
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
        self._pages = RegisterPages(connection)
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
        begin = first * WIDTH
        upto = min(begin + STRETCH * WIDTH, size)
        lines = await self._pages.page(upto - begin)
        theirs = [await _held(each, first) for each in self._copies]
        await self._pages.ask(min(size - upto, STRETCH * WIDTH))
        try:
            entries, hashes = await self._sealed_anew(begin, lines)
        except (_DisagreementError, LeafError):
            self._is_over = True
            return b""
        ours = {each.width: _made(entries, hashes, each.width) for each in theirs}
        if any(each != ours[each.width] for each in theirs):
            self._is_over = True
            return b""
        await self._heads.hold(self._last.forgotten())
        self._told(upto)
        return hashes

    async def have_heads(self, size: int) -> bool:
        """Whether every stream's head is what came last in it."""
        await self._heads.hold(self._last.rest())
        await self._heads.finish(size)
        return self._heads.fault is None

    async def close(self) -> None:
        """Come to an end, so that the connection can be used again."""
        await self._pages.close()

    async def _sealed_anew(
        self, begin: int, lines: Sequence[StoredLine]
    ) -> tuple[list[bytes], bytes]:
        """The lines' entries, and their hashes one behind the other."""
        entries: list[bytes] = []
        hashes: list[bytes] = []
        young, recall = self._last.young, self._last.recall
        for index, line in enumerate(lines, begin):
            if not index % WIDTH:
                self._predecessors.passed(line.position)
            stream, version = line.stream, line.version
            last = young.get(stream) or recall(stream)
            if last is None:
                previous = await self._before(stream, version)
            elif last.version + 1 == version:
                previous = last.hash
            else:
                raise _DisagreementError
            entry = leaf.encode(line, previous)
            hashed = leaf_hash(entry)
            entries.append(entry)
            hashes.append(hashed)
            young[stream] = Head(version, index, hashed)
        return entries, b"".join(hashes)

    async def _before(self, stream: bytes, version: int) -> bytes:
        """What an entry is chained to that continues none of those remembered."""
        if version == 1:
            return NOTHING_BEFORE
        hashed = await self._predecessors.hash_of(stream, version - 1)
        if hashed is None:
            raise _DisagreementError
        return hashed


async def _held(held: Held, first: int) -> _Parts:
    """What a copy holds from the bundle `first` on."""
    width = min(max(held.size - first * WIDTH, 0), STRETCH * WIDTH)
    bundles = await held.copy.bundles(first, held.size)
    return _Parts(width, bundles, await held.copy.tiles(Spot(0, first), held.size))


def _made(entries: Sequence[bytes], hashes: bytes, width: int) -> _Parts:
    """What a copy that has so many entries of a stretch has to hold."""
    ours, hashed = entries[:width], hashes[: width * HASH]
    return _Parts(
        width,
        [leaf.bundle(ours[at : at + WIDTH]) for at in range(0, width, WIDTH)],
        [hashed[at : at + FULL] for at in range(0, width * HASH, FULL)],
    )
