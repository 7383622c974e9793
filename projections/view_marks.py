"""How far the copies of the views have come that one projector keeps together."""

import asyncio
from collections.abc import Sequence
from typing import Final

from application import named_sql
from application.marks import AnotherFollowerError
from application.register import Connection
from projections.copies import Copy
from projections.view import View

_SQL = named_sql.load(__file__)
_POSITIONS = _SQL["positions"]
_MOVE = _SQL["move"]
_LOOK = _SQL["look"]
_KEEP = _SQL["keep"]
_STAND_STILL = _SQL["stand_still"]
_HALT = _SQL["halt"]
_FORGET = _SQL["forget"]
_VERSIONS = _SQL["versions"]

LOOK_AGAIN: Final = 0.5
"""Seconds for which a look that was written down is fresh enough."""


class ApartError(Exception):
    """The copies are not at one position; bring them there before you follow."""


class ViewMarks:
    """The marks of several copies, which move as one.

    They fence: two projectors cannot both move them from the same place, so the work
    of one of them is rolled back.
    """

    def __init__(self, copies: Sequence[Copy]) -> None:
        self._schemas = [copy.schema for copy in copies]
        self._looked = -LOOK_AGAIN

    async def place(self, connection: Connection) -> int:
        """Tell where they are; raises ApartError."""
        found = await positions(connection)
        places = {found.get(schema) for schema in self._schemas}
        place = places.pop() if len(places) == 1 else None
        if place is None:
            raise ApartError
        return place

    async def move(self, connection: Connection, old: int, new: int) -> None:
        """Move all, or raise AnotherFollowerError; within the work's transaction."""
        where = {"schemas": self._schemas, "old": old, "new": new}
        moved = await connection.execute(_MOVE, where, prepare=True)
        if moved.rowcount != len(self._schemas):
            raise AnotherFollowerError(", ".join(self._schemas))

    async def look(self, connection: Connection) -> None:
        """Write down that the register's end was looked for just now.

        Not at every look: notices come faster where there is nothing new to read.
        Raises AnotherFollowerError when a mark is gone: its copy was retired.
        """
        now = asyncio.get_running_loop().time()
        if now - self._looked < LOOK_AGAIN:
            return
        where = {"schemas": self._schemas}
        looked = await connection.execute(_LOOK, where, prepare=True)
        if looked.rowcount != len(self._schemas):
            raise AnotherFollowerError(", ".join(self._schemas))
        self._looked = now


async def positions(connection: Connection) -> dict[str, int]:
    """Where each copy that serves is, by its schema."""
    cursor = await connection.execute(_POSITIONS)
    return dict(await cursor.fetchall())


async def keep(connection: Connection, copy: Copy, position: int) -> None:
    """Write down that a copy serves from now on, and how far it has come."""
    view = copy.view
    where = {"schema": copy.schema, "name": view.name, "version": view.version}
    await connection.execute(_KEEP, where | {"position": position})


async def stand_still(connection: Connection, serving: Sequence[Copy]) -> None:
    """Let nobody move these copies until the transaction ends."""
    schemas = [copy.schema for copy in serving]
    await connection.execute(_STAND_STILL, {"schemas": schemas})


async def halt(connection: Connection) -> None:
    """Let nobody move, hold or switch any copy until the transaction ends.

    Raises LockNotAvailable when somebody holds them for long.
    """
    await connection.execute(_HALT)


async def forget(connection: Connection, copy: Copy) -> None:
    """Forget a copy that is to be dropped."""
    await connection.execute(_FORGET, {"schema": copy.schema})


async def versions(connection: Connection, view: View) -> list[int]:
    """Which versions of a view have copies that serve."""
    cursor = await connection.execute(_VERSIONS, {"name": view.name})
    return [version for (version,) in await cursor.fetchall()]
