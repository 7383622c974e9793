"""Finds and names what is wrong with the register and every copy of the log.

Line by line, each held to the hashes that are proven. That takes its time: it is for
when whole_pages.py has found that something is wrong somewhere.
"""

from collections.abc import AsyncIterator, Callable, Sequence

from application.notary import leaf, naming, stored
from application.notary.chain import Chain, Link
from application.notary.copies import STRETCH
from application.notary.faults import Fault, Kind
from application.notary.heads import Heads
from application.notary.held_copies import Held, HeldCopies, named_by
from application.notary.leading import Hashes
from application.notary.leaf import PREVIOUS, LeafError
from application.notary.predecessors import Predecessors
from application.notary.register_pages import RegisterPages
from application.notary.stored import StoredLine
from application.notary.tiles import WIDTH
from application.notary.tree import HASH, leaf_hash
from application.register import Connection


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
        self.copies = HeldCopies(copies)
        self._where = copies[0].copy.where
        self._hashes = hashes
        self._size = size
        self.log = naming.Log(tuple(held.copy for held in copies), hashes, size)
        self._chain = Chain()
        self._predecessors = Predecessors(connection, copies)
        self.heads = Heads(connection)
        self._pages = RegisterPages(connection, stored.page_after, _position)
        self.register: Fault | None = None
        self.chain: Fault | None = None

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
            entries = await self.copies.entries(first, hashes)
            await self.copies.compare_tiles(first, hashes)
            self.copies.identify(begin, entries)
            for entry in entries[::WIDTH]:
                starts_at = None if entry is None else leaf.position_of(entry)
                self._predecessors.passed(starts_at)
            if self.register is None:
                await self._compare_lines(begin, entries, hashes)
            await self._follow(begin, entries, hashes)
            await self.heads.follow(begin, entries, hashes)
            told(min(self._size, begin + STRETCH * WIDTH))
        await self.heads.finish(self._size)

    async def _compare_lines(
        self, begin: int, entries: Sequence[bytes | None], hashes: bytes
    ) -> None:
        following = min(self._size - begin - len(entries), STRETCH * WIDTH)
        lines = await self._pages.page(len(entries))
        await self._pages.ask(following if len(lines) == len(entries) else 0)
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
                elif leaf.encode(line, entry[PREVIOUS]) != entry:
                    return at
            except LeafError:
                return at
        return len(lines) if len(lines) < len(entries) else None

    def _hashes_to(self, line: StoredLine, proven: bytes) -> bool:
        """Whether the line, chained to the last of its stream, has the proven hash."""
        entry = leaf.encode(line, self._chain.last(line.stream))
        self._chain.remember(line.stream, line.version, proven)
        return leaf_hash(entry) == proven

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
        fault = Fault(where=self._where, kind=Kind.CHAIN_BROKEN, index=index)
        self.chain = named_by(fault, leaf.decode(entry))

    async def _broken(self, links: Sequence[Link]) -> AsyncIterator[Link]:
        """Those whose predecessor, looked up in the log, is another one."""
        for link in links:
            before = link.stream, link.version - 1
            if await self._predecessors.hash_of(*before) != link.previous:
                yield link


def _position(line: StoredLine) -> int:
    return line.position
