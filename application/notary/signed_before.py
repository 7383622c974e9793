"""What was published as signed of a log, and how far a database's log is the same."""

from bisect import bisect_right

from application.notary import ledger
from application.notary.checkpoint import Checkpoint
from application.notary.key_history import KeyHistory
from application.notary.note import NoteError
from application.notary.published import CHECKPOINT, CHECKPOINTS, Published
from application.register import Connection


class SignedBefore:
    """The published checkpoints, of years: they are read as they are asked for."""

    def __init__(self, published: Published, history: KeyHistory) -> None:
        self._published = published
        self._history = history
        self._sizes = published.sizes()

    def last(self) -> Checkpoint | None:
        """Read the largest; None before the first. Raises NoteError.

        Who died in between left the latest one behind it.
        """
        found = [self._at(size) for size in self._sizes[-1:]]
        latest = self._read(CHECKPOINT)
        found += [] if latest is None else [latest]
        return max(found, key=lambda each: each.size, default=None)

    async def same_until(self, connection: Connection, last: Checkpoint) -> int:
        """Up to which of these sizes the database's log is the one that was signed.

        Where both agree at one, they do at every one before it.
        """
        size = (await ledger.standing(connection)).size

        async def agrees(one: Checkpoint) -> bool:
            if one.size > size:
                return False
            return await ledger.root(connection, one.size) == one.root

        if await agrees(last):
            return last.size
        low, high = 0, bisect_right(self._sizes, size)
        while low < high:
            middle = (low + high) // 2
            if await agrees(self._at(self._sizes[middle])):
                low = middle + 1
            else:
                high = middle
        return self._sizes[low - 1] if low else 0

    def _at(self, size: int) -> Checkpoint:
        told = self._read(f"{CHECKPOINTS}/{size}")
        if told is None or told.size != size:
            raise NoteError("a published checkpoint is not of the size that it bears")
        return told

    def _read(self, name: str) -> Checkpoint | None:
        note = self._published.read(name)
        return None if note is None else self._history.believed(note)
