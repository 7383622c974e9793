"""Whether programs see the register that is verified, and it as it is stored.

A database's superuser can put something of his own in between, so that the office reads
one thing and the check another. Looked for are tables and views that bear the name of
one of ours in another schema, a view or a policy in a table's place, columns of other
types, casts, PostgreSQL's functions written anew, and search paths on which others are
found before them. An operator or function that is found behind them, and fits a call
better, is not looked for: it can mislead programs, and not the check, which searches
PostgreSQL's own schema alone.

Whoever rewrites the server or its catalogue can still show everybody what he likes:
then restore a dump on a server of your own, and verify there.
"""

from typing import Final

from application import named_sql
from application.notary.faults import Fault, Kind, Where
from application.register import Connection

_SQL: Final = named_sql.load(__file__)
_SEARCHED: Final = _SQL["searched"]
_DISGUISES: Final = _SQL["disguises"]


async def searched(connection: Connection) -> str:
    """Which schemas a connection searches; ask before it is told to search others."""
    cursor = await connection.execute(_SEARCHED)
    row = await cursor.fetchone()
    assert row is not None
    return str(row[0])


async def found(connection: Connection, path: str) -> list[Fault]:
    """A fault for each thing between programs and the register.

    `path` is what was searched when the connection came; by now PostgreSQL's own
    schema alone is, so that no operator of somebody's own answers here.
    """
    cursor = await connection.execute(_DISGUISES, {"searched": path})
    return [
        Fault(where=Where.DATABASE, kind=Kind.DISGUISED, file=what)
        for what in sorted({str(what) for (what,) in await cursor.fetchall()})
    ]
