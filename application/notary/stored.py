"""Lines of the register as bytes, as the database sends them: what is hashed.

Nothing is decoded and encoded again on the way, so that what was stored is what counts.
"""

from collections.abc import Sequence
from typing import Any, LiteralString
from uuid import UUID

import msgspec
from psycopg import AsyncCursor
from psycopg.adapt import Loader
from psycopg.rows import RowMaker
from psycopg.types.string import ByteaBinaryLoader

from application import named_sql
from application.register import Connection

_SQL = named_sql.load(__file__)
_PAGE_AFTER = _SQL["page_after"]
_LINES_OF = _SQL["lines_of"]
_DIGESTED_AFTER = _SQL["digested_after"]
_UNHASHED_AFTER = _SQL["unhashed_after"]

_AS_SENT: dict[str, type[Loader]] = dict.fromkeys(
    ("uuid", "text", "timestamptz"), ByteaBinaryLoader
)


class StoredLine(msgspec.Struct, frozen=True, gc=False):
    """A line of the register; its parts are the bytes of PostgreSQL's binary format."""

    position: int
    stream: bytes
    """16 bytes of the UUID."""
    version: int
    tag: bytes
    payload: bytes
    event_id: bytes
    occurred_at: bytes
    """Microseconds since 2000-01-01T00:00:00Z: 8 bytes, signed, the highest first."""
    recorded_at: bytes
    metadata: bytes


class DigestedLine(msgspec.Struct, frozen=True, gc=False):
    """A line whose payload and context the database has hashed where they are stored.

    Half the work of sealing is done on another processor so. Nothing is believed of it
    for good: whoever verifies hashes the bytes themselves.
    """

    position: int
    stream: bytes
    version: int
    tag: bytes
    digests: bytes
    """SHA-256 of the payload, then of the context, as leaf.py has them."""


class UnhashedLine(msgspec.Struct, frozen=True, gc=False):
    """A line as the bytes that are hashed, which the database has put together.

    It sends no others than it would one by one; to look at a line takes less so.
    """

    beginning: bytes
    """Of its entry, as leaf.py has it; of none where the tag is too long for one."""
    payload: bytes
    context: bytes


async def digested_after(
    connection: Connection, position: int, limit: int
) -> Sequence[DigestedLine]:
    """Read the lines behind a position as the sealer needs them."""
    async with connection.cursor(binary=True, row_factory=_digested_row) as cursor:
        for name, loader in _AS_SENT.items():
            cursor.adapters.register_loader(name, loader)
        await cursor.execute(_DIGESTED_AFTER, (position, limit), prepare=True)
        return await cursor.fetchall()


async def unhashed_after(
    connection: Connection, position: int, limit: int
) -> Sequence[UnhashedLine]:
    """Read the lines behind a position as whoever hashes them himself needs them."""
    async with connection.cursor(binary=True, row_factory=_unhashed_row) as cursor:
        await cursor.execute(_UNHASHED_AFTER, (position, limit), prepare=True)
        return await cursor.fetchall()


async def page_after(
    connection: Connection, position: int, limit: int
) -> Sequence[StoredLine]:
    """Read the lines behind a position, in the order of recording."""
    return await _lines(connection, _PAGE_AFTER, position, limit)


async def lines_of(
    connection: Connection, stream: UUID, upto: int | None = None
) -> Sequence[StoredLine]:
    """Read one stream's lines in the order of versions, as far as a version."""
    return await _lines(connection, _LINES_OF, stream, upto)


async def _lines(
    connection: Connection, statement: LiteralString, *where: object
) -> list[StoredLine]:
    async with connection.cursor(binary=True, row_factory=_row) as cursor:
        for name, loader in _AS_SENT.items():
            cursor.adapters.register_loader(name, loader)
        await cursor.execute(statement, where, prepare=True)
        return await cursor.fetchall()


def _digested_row(_: AsyncCursor[Any]) -> RowMaker[DigestedLine]:
    return _digested_line


def _digested_line(values: Sequence[Any]) -> DigestedLine:
    return DigestedLine(*values)


def _unhashed_row(_: AsyncCursor[Any]) -> RowMaker[UnhashedLine]:
    return _unhashed_line


def _unhashed_line(values: Sequence[Any]) -> UnhashedLine:
    return UnhashedLine(*values)


def _row(_: AsyncCursor[Any]) -> RowMaker[StoredLine]:
    return _line


def _line(values: Sequence[Any]) -> StoredLine:
    return StoredLine(*values)
