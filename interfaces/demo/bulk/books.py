"""Copies pages into the books: the owner's way in, for load data alone.

Lines come in without the register's append, but under its lock and in its order.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, LiteralString, TypeAlias

from psycopg import AsyncConnection

from application import named_sql, register
from application.discretion import discreet
from interfaces.demo.bulk import lines
from interfaces.demo.bulk.stamping import Page

_SQL = named_sql.load(__file__)
_HOLD = _SQL["hold"]
_LET_GO = _SQL["let_go"]
_COPY_PERSONS = _SQL["copy_persons"]
_COPY_SEALED = _SQL["copy_sealed"]
_COPY_REGISTRATIONS = _SQL["copy_registrations"]
_COPY_REPORTS = _SQL["copy_reports"]
_MOVE_COUNTERS = _SQL["move_counters"]
_COPY_REGISTER = _SQL["copy_register"]
_ANNOUNCE = _SQL["announce"]
_ANALYSE = _SQL["analyse"]

Connection: TypeAlias = AsyncConnection[Any]


class NotEmptyError(Exception):
    """The register holds something; load data goes into an empty one only."""

    def __init__(self) -> None:
        super().__init__("the register is not empty: load data goes into an empty one")


@asynccontextmanager
async def held(connection: Connection) -> AsyncIterator[None]:
    """Let nobody else record until the end; raises NotEmptyError.

    Ends what transaction the connection is in.
    """
    await connection.execute(_HOLD)
    await connection.commit()
    try:
        if await register.head(connection):
            raise NotEmptyError
        await connection.commit()
        yield
        await connection.execute(_ANALYSE)
        await connection.commit()
    finally:
        await connection.rollback()
        await connection.execute(_LET_GO)
        await connection.commit()


async def enter(connection: Connection, page: Page) -> None:
    """Copy a page in one transaction, and tell those who follow the register."""
    moved = sorted(page.lasts)
    with discreet():
        async with connection.transaction():
            await _copy(connection, _COPY_PERSONS, page.persons)
            await _copy(connection, _COPY_SEALED, page.sealed)
            await _copy(connection, _COPY_REGISTRATIONS, page.registrations)
            await _copy(connection, _COPY_REPORTS, page.reports)
            await connection.execute(
                _MOVE_COUNTERS,
                {
                    "agencies": [agency for agency, _ in moved],
                    "years": [year for _, year in moved],
                    "lasts": [page.lasts[series] for series in moved],
                },
            )
            await _copy(connection, _COPY_REGISTER, page.lines)
            await connection.execute(_ANNOUNCE)


async def _copy(
    connection: Connection, statement: LiteralString, rows: Sequence[bytes]
) -> None:
    async with connection.cursor() as cursor, cursor.copy(statement) as copy:
        await copy.write(b"".join((lines.SIGNATURE, *rows, lines.TRAILER)))
