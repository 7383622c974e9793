"""How the notary is: how far the sealer is behind, and when something was signed."""

from datetime import datetime

import msgspec
from psycopg.rows import class_row

from application import named_sql
from application.register import Connection

_SQL = named_sql.load(__file__)
_PULSE = _SQL["pulse"]


class Pulse(msgspec.Struct, frozen=True):
    """What operators look at; the service is ready whatever it says."""

    size: int
    """Entries sealed."""
    position: int
    lines: int
    """Lines of the register that are not sealed yet; a thousand stands for more."""
    seconds: float
    """Since the oldest of them was recorded; 0 without one."""
    stopped_at: int | None
    """Position of a line that can't be sealed, or of the last one that could be."""
    unsigned_since: datetime | None
    """When the notary began to refuse checkpoints; None while it makes them."""
    signed_size: int | None
    """Entries that the latest checkpoint covers; None before the first one."""
    signed_age: float | None
    """Seconds since it was made; it grows while nobody records anything."""


async def pulse(connection: Connection) -> Pulse:
    """Ask how the notary is."""
    async with connection.cursor(row_factory=class_row(Pulse)) as cursor:
        await cursor.execute(_PULSE)
        found = await cursor.fetchone()
    assert found is not None, "the migration has put the row there"
    return found
