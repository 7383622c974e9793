"""Lines of the register as bytes, as the database sends them: what is hashed.

Nothing is decoded and encoded again on the way, so that what was stored is what counts.
"""

from collections.abc import Sequence
from typing import Any, Final, LiteralString
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
    ("uuid", "text", "timestamptz", "json"), ByteaBinaryLoader
)

_NOBODY: Final = bytes(16)
_NO_VERSION: Final = -1
_DIGESTED_BLANK: Final = (0, _NOBODY, _NO_VERSION, b"", b"")
_STORED_BLANK: Final = (*_DIGESTED_BLANK, b"", b"", b"", b"")
"""What stands in a line in place of a null."""


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
    is_whole: bool = True
    """Whether nothing was null; only who has changed the table can make it so."""


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
    is_whole: bool = True


class UnhashedLine(msgspec.Struct, frozen=True, gc=False):
    """A line as the bytes that are hashed, which the database has put together.

    It sends no others than it would one by one; to look at a line takes less so.
    """

    beginning: bytes
    """Of its entry, as leaf.py has it; of none where the tag is too long for one, and
    no more than the place where a part is null."""
    payload: bytes | None
    context: bytes | None
    """None where a part is null."""


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
    if None in values:
        return DigestedLine(*_filled(values, _DIGESTED_BLANK))
    return DigestedLine(*values)


def _unhashed_row(_: AsyncCursor[Any]) -> RowMaker[UnhashedLine]:
    return _unhashed_line


def _unhashed_line(values: Sequence[Any]) -> UnhashedLine:
    return UnhashedLine(*values)


def _row(_: AsyncCursor[Any]) -> RowMaker[StoredLine]:
    return _line


def _line(values: Sequence[Any]) -> StoredLine:
    if None in values:
        return StoredLine(*_filled(values, _STORED_BLANK))
    return StoredLine(*values)


def _filled(values: Sequence[Any], blank: Sequence[Any]) -> list[Any]:
    """Values with something of their type for what is null; they are not whole."""
    pairs = zip(values, blank, strict=True)
    return [*(instead if value is None else value for value, instead in pairs), False]
