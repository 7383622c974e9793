"""All checkpoints there are, and which of them are believed."""

from collections.abc import Callable
from typing import TypeAlias

from application.notary.agreement import settled
from application.notary.copies import Copy, PublishedCopy
from application.notary.faults import Fault, Kind, Where
from application.notary.key_history import OlderKeyError
from application.notary.leading import Root
from application.notary.published import CHECKPOINT, CHECKPOINTS

Open: TypeAlias = Callable[[bytes], Root]
"""Reads a signed checkpoint; raises ValueError unless a trusted key signed it, and
OlderKeyError where a key before the trusted ones did."""


class Survey:
    """All checkpoints there are, and whether they are rightly signed."""

    def __init__(self, opened: Open) -> None:
        self._open = opened
        self.roots: dict[Where, list[Root]] = {}
        self.faults: list[Fault] = []
        self.not_checked = 0

    def look(self, where: Where, file: str, note: bytes) -> Root | None:
        """Take in a checkpoint; one that somebody brought has to be checked."""
        try:
            root = self._open(note)
        except ValueError as fault:
            if isinstance(fault, OlderKeyError) and where is not Where.GIVEN:
                self.not_checked += 1
            else:
                self._tell(where, file)
            return None
        self.roots.setdefault(where, []).append(root)
        return root

    def _tell(
        self, where: Where, file: str, kind: Kind = Kind.CHECKPOINT_UNSIGNED
    ) -> None:
        """Keep a fault, of each kind the first one in a place."""
        if (where, kind) not in {(one.where, one.kind) for one in self.faults}:
            self.faults.append(Fault(where=where, kind=kind, file=file))

    async def look_through(self, copy: Copy) -> None:
        """Take in a copy's checkpoints, each of the size that it stands at."""
        for size in await copy.checkpoints():
            file = f"{CHECKPOINTS}/{size}"
            root = self.look(copy.where, file, await copy.checkpoint(size))
            if root is not None and root.size != size:
                self._tell(copy.where, file)

    async def look_at_latest(self, published: PublishedCopy) -> None:
        """Take in what is published as the latest; it has to be the largest."""
        largest = max(self.largest(Where.DATABASE), self.largest(published.where))
        if not published.latest() and not largest:
            return  # nothing was signed yet
        note = published.latest()
        root = self.look(published.where, CHECKPOINT, note)

        async def is_latest() -> bool:
            return published.latest() != note

        # Of two that are published at once, this one comes last.
        if root is not None and root.size < largest and not await settled(is_latest):
            self._tell(published.where, CHECKPOINT, Kind.CHECKPOINT_OLD)

    def sorted(self) -> list[Root]:
        """Every checkpoint once, by size."""
        return sorted({root for roots in self.roots.values() for root in roots})

    def largest(self, where: Where) -> int:
        """The size of the largest one in a place."""
        return max((root.size for root in self.roots.get(where, ())), default=0)
