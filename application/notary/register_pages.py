"""The register page by page, the next one read while the last one is being hashed."""

import asyncio
from collections.abc import Sequence

from application.notary import stored
from application.notary.leading import FIRST_POSITION
from application.notary.stored import StoredLine
from application.register import Connection


class RegisterPages:
    """Pages in the order of positions; close it before the connection is used again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._coming: asyncio.Task[Sequence[StoredLine]] | None = None
        self.position = FIRST_POSITION
        """Of the last line that was given."""

    async def page(self, limit: int) -> Sequence[StoredLine]:
        """The next lines; those that were asked for before, if any were."""
        if self._coming is not None:
            lines = await self._coming
            self._coming = None
        else:
            lines = await stored.page_after(self._connection, self.position, limit)
        if lines:
            self.position = lines[-1].position
        return lines

    async def ask(self, limit: int) -> None:
        """Ask for the lines behind those, to be given next.

        Other questions on the connection wait for the answer: ask them before.
        """
        if limit > 0:
            query = stored.page_after(self._connection, self.position, limit)
            self._coming = asyncio.create_task(query)
            await asyncio.sleep(0)  # so that it is sent

    async def close(self) -> None:
        """Let a query that was begun come to its end."""
        if self._coming is not None:
            await asyncio.gather(self._coming, return_exceptions=True)
