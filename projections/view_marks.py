"""How far the copies of the views have come that one projector keeps together."""

from collections.abc import Sequence

from application import named_sql
from application.marks import AnotherFollowerError
from application.register import Connection
from projections.copies import Copy

_SQL = named_sql.load(__file__)
_POSITIONS = _SQL["positions"]
_MOVE = _SQL["move"]
_LOOK = _SQL["look"]
_KEEP = _SQL["keep"]


class ApartError(Exception):
    """The copies are not at one position; bring them there before you follow."""


class ViewMarks:
    """The marks of several copies, which move as one.

    They fence: two projectors cannot both move them from the same place, so the work
    of one of them is rolled back.
    """

    def __init__(self, copies: Sequence[Copy]) -> None:
        self._schemas = [copy.schema for copy in copies]

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
        """Write down that the register's end was looked for just now."""
        await connection.execute(_LOOK, {"schemas": self._schemas}, prepare=True)


async def positions(connection: Connection) -> dict[str, int]:
    """Where each copy that serves is, by its schema."""
    cursor = await connection.execute(_POSITIONS)
    return dict(await cursor.fetchall())


async def keep(connection: Connection, copy: Copy, position: int) -> None:
    """Write down that a copy serves from now on, and how far it has come."""
    view = copy.view
    where = {"schema": copy.schema, "name": view.name, "version": view.version}
    await connection.execute(_KEEP, where | {"position": position})
