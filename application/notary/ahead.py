"""Reads and hashes the next page of the register while the last one is being written.

The database works on one page while we hash another, which makes the sealer half as
fast again. At most two pages are held.
"""

import asyncio
from collections.abc import Mapping, Sequence
from itertools import takewhile

from application.notary import ledger, stored
from application.notary.entering import Head, OpenEnd, Sealed
from application.notary.stored import DigestedLine
from application.register import Connection


class Ahead:
    """The pages behind a position, in their order, with what the log takes in of each.

    What it was told is void once a page could not be written: begin with another one.
    """

    def __init__(self, reader: Connection, end: OpenEnd) -> None:
        self._reader = reader
        self._end = end
        self._last: Mapping[bytes, Head] = {}
        """Heads of the page before, which may not be written yet."""
        self._made: tuple[Sequence[DigestedLine], Sealed] | None = None
        self._next: asyncio.Task[Sequence[DigestedLine]] | None = None
        self._coming: tuple[Sequence[DigestedLine], Sealed] | None = None

    async def page(
        self, position: int, limit: int, before: int | None
    ) -> Sequence[DigestedLine]:
        """Give the page behind a position, up to the line `before` if there is one.

        Raises UnsealableError for a line in it that the log can't take.
        """
        if self._next is None:
            self._next = asyncio.create_task(self._make(position, limit, before))
        lines = await self._next
        self._next, self._made = None, self._coming
        if len(lines) == limit:
            following = self._make(lines[-1].position, limit, before)
            self._next = asyncio.create_task(following)
        return lines

    def sealed(self, lines: Sequence[DigestedLine]) -> Sealed:
        """Tell what the log takes in of the page that was given last."""
        assert self._made is not None
        assert self._made[0] is lines
        return self._made[1]

    async def close(self) -> None:
        """Give up what was begun."""
        if self._next is not None:
            self._next.cancel()
            await asyncio.gather(self._next, return_exceptions=True)

    async def _make(
        self, position: int, limit: int, before: int | None
    ) -> Sequence[DigestedLine]:
        lines = await stored.digested_after(self._reader, position, limit)
        if before is not None:
            lines = list(takewhile(lambda line: line.position < before, lines))
        if lines:
            streams = {line.stream for line in lines}
            heads = await ledger.heads(self._reader, streams)
            heads |= {each: self._last[each] for each in streams & self._last.keys()}
            sealed = self._end.take(lines, heads)
            self._last, self._coming = sealed.heads, (lines, sealed)
        return lines
