"""How far each follower of the register has come; moved in the follower's transaction.

A mark fences: two followers of one name cannot both move it from the same place, so
the work of one of them is rolled back.
"""

from application import named_sql
from application.register import Connection

statements = named_sql.load(__file__)
PLACE = statements["place"]
POSITION = statements["position"]
MOVE = statements["move"]
REWIND = statements["rewind"]


class AnotherFollowerError(Exception):
    """Another process follows under the same name and has moved the mark."""

    def __init__(self, name: str) -> None:
        super().__init__(f"another process follows the register as {name!r}")
        self.name = name


async def position(connection: Connection, name: str) -> int:
    """Tell how far a follower has come, 0 when it never moved."""
    cursor = await connection.execute(POSITION, {"name": name}, prepare=True)
    row = await cursor.fetchone()
    at: int = 0 if row is None else row[0]
    return at


async def place(connection: Connection, name: str) -> int:
    """Make sure that a mark is there, and tell where."""
    await connection.execute(PLACE, {"name": name})
    return await position(connection, name)


async def move(connection: Connection, name: str, old: int, new: int) -> None:
    """Move a mark, or raise AnotherFollowerError; within the work's transaction."""
    where = {"name": name, "old": old, "new": new}
    moved = await connection.execute(MOVE, where, prepare=True)
    if moved.rowcount != 1:
        raise AnotherFollowerError(name)


class NamedMark:
    """The mark of a follower that has one of its own."""

    def __init__(self, name: str) -> None:
        self._name = name

    async def place(self, connection: Connection) -> int:
        """Make sure that it is there, and tell where."""
        return await place(connection, self._name)

    async def move(self, connection: Connection, old: int, new: int) -> None:
        """Move it, or raise AnotherFollowerError; within the work's transaction."""
        await move(connection, self._name, old, new)


async def rewind(connection: Connection, name: str, to: int = 0) -> None:
    """Set a mark back, so that what rests on it is made anew."""
    await connection.execute(REWIND, {"name": name, "position": to})
