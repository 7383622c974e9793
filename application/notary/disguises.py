"""Whether programs see the register that is verified, and it as it is stored.

A database's superuser can put a table, a view or a function of his own in between, so
that the office reads one thing and the check another. Whoever rewrites the server or
its catalogue can still show everybody what he likes: then restore a dump on a server
of your own, and verify there.
"""

from typing import Final

from application import named_sql
from application.notary.faults import Fault, Kind, Where
from application.register import Connection

_DISGUISES: Final = named_sql.load(__file__)["disguises"]


async def found(connection: Connection) -> list[Fault]:
    """A fault for each thing between programs and the register."""
    cursor = await connection.execute(_DISGUISES)
    return [
        Fault(where=Where.DATABASE, kind=Kind.DISGUISED, file=what)
        for what in sorted({str(what) for (what,) in await cursor.fetchall()})
    ]
