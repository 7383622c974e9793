"""The register page by page, the next one read while the last one is being hashed."""

import asyncio
from collections.abc import Sequence
from hashlib import sha256
from struct import Struct
from typing import Final

from application.notary import stored
from application.notary.leading import FIRST_POSITION
from application.notary.leaf import MARK
from application.notary.stored import StoredLine
from application.notary.tree import HASH
from application.register import Connection

_HEAD: Final = Struct(">4sQ16sQB")


class RegisterPages:
    """Pages in the order of positions; close it before the connection is used again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._coming: asyncio.Task[Sequence[StoredLine]] | None = None
        self.position = FIRST_POSITION
        """Of the last line that was given."""

    async def page(self, limit: int, following: int) -> Sequence[StoredLine]:
        """The next lines; `following` more are asked for, to be given then."""
        if self._coming is not None:
            lines = await self._coming
            self._coming = None
        else:
            lines = await stored.page_after(self._connection, self.position, limit)
        if lines:
            self.position = lines[-1].position
        if len(lines) == limit and following > 0:
            query = stored.page_after(self._connection, self.position, following)
            self._coming = asyncio.create_task(query)
            await asyncio.sleep(0)  # so that it is sent
        return lines

    async def close(self) -> None:
        """Let a query that was begun come to its end."""
        if self._coming is not None:
            await asyncio.gather(self._coming, return_exceptions=True)


def is_of(entry: bytes, line: StoredLine) -> bool:
    """Whether this is the entry of a line, whatever it is chained to.

    What `leaf.encode` says again, with nothing in between: this is asked of every line.
    Raises struct.error for a line of which no entry can be made.
    """
    tag, context = line.tag, line.event_id + line.occurred_at + line.recorded_at
    return entry == (
        _HEAD.pack(MARK, line.position, line.stream, line.version, len(tag))
        + tag
        + sha256(line.payload).digest()
        + sha256(context + line.metadata).digest()
        + entry[-HASH:]
    )
