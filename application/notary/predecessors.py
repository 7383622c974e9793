"""Looks up entries that came so long ago that nobody remembers their hash."""

from bisect import bisect_right
from collections.abc import Sequence
from uuid import UUID

from application.notary import leaf, naming
from application.notary.held_copies import Held
from application.notary.leading import FIRST_POSITION
from application.notary.tiles import WIDTH
from application.notary.tree import leaf_hash
from application.register import Connection


class Predecessors:
    """Where the entries stand that were gone through, a bundle at a time."""

    def __init__(self, connection: Connection, copies: Sequence[Held]) -> None:
        self._connection = connection
        self._copies = copies
        self._firsts: list[int] = []
        """Of each bundle the position of its first entry."""

    def passed(self, first: int | None) -> None:
        """Note with which position the next bundle begins; None where nobody knows."""
        if first is None:
            first = self._firsts[-1] if self._firsts else FIRST_POSITION
        self._firsts.append(first)

    async def hash_of(self, stream: bytes, version: int) -> bytes | None:
        """The hash of this version's entry, in whichever copy has one."""
        position = await naming.position_of(
            self._connection, UUID(bytes=stream), version
        )
        if position is None or not self._firsts:
            return None
        n = max(bisect_right(self._firsts, position) - 1, 0)
        for held in self._copies:
            for bundle in await held.copy.bundles(n, min(held.size, (n + 1) * WIDTH)):
                for entry in leaf.readable(bundle):
                    if leaf.position_of(entry) == position:
                        return leaf_hash(entry)
        return None
