"""Compares two copies of a view row by row, and holds a row of each in memory."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from hashlib import blake2b
from struct import Struct
from typing import LiteralString
from uuid import UUID

import msgspec
from psycopg import sql

from application import named_sql
from application.register import Connection
from projections import copies
from projections.copies import Copy

_SQL = named_sql.load(__file__)
_AS_OF_NOW = _SQL["as_of_now"]

SAMPLE = 5
"""Keys that are told of what differs."""

_HEADER = 19
"""Bytes before the first row: the signature, flags, and how long the rest of it is."""
_FIELDS = Struct("!h").unpack_from
_LENGTH = Struct("!i").unpack_from
_END = -1


class Difference(msgspec.Struct):
    """What two copies of a view do not have in common."""

    rows: int = 0
    """Of the new copy."""
    differing: int = 0
    """Rows that both have, with other contents."""
    missing: int = 0
    """Rows that only the old copy has."""
    extra: int = 0
    """Rows that only the new one has."""
    keys: list[str] = msgspec.field(default_factory=list)
    """Of the first of them: the first column."""

    @property
    def is_none(self) -> bool:
        """Whether they agree."""
        return not (self.differing or self.missing or self.extra)


class Rows(msgspec.Struct, frozen=True):
    """The rows of one table that have one key."""

    key: bytes
    digests: frozenset[bytes]


_NONE_LEFT = Rows(b"\xff" * 32, frozenset())
"""Stands behind every key: the longest is an id of sixteen bytes."""


async def freeze(connection: Connection, copy: Copy) -> None:
    """Begin to read a copy as it stands now, whatever is written later."""
    await copies.look_in(connection, [copy])
    await connection.execute(_AS_OF_NOW)


async def compare(old: Connection, new: Connection, copy: Copy) -> Difference:
    """Compare what two connections see, each within its copy."""
    found = Difference()
    for query in copy.view.rows:
        await _compare_table(old, new, query, found)
    return found


async def _compare_table(
    old: Connection, new: Connection, query: LiteralString, found: Difference
) -> None:
    """Merge both by their keys: what one has passed without showing it, it lacks."""
    async with aclosing(_rows(old, query)) as olds, aclosing(_rows(new, query)) as news:
        was, is_ = await anext(olds, _NONE_LEFT), await anext(news, _NONE_LEFT)
        while (key := min(was.key, is_.key)) != _NONE_LEFT.key:
            before = after = _NONE_LEFT.digests
            if was.key == key:
                before, was = was.digests, await anext(olds, _NONE_LEFT)
            if is_.key == key:
                after, is_ = is_.digests, await anext(news, _NONE_LEFT)
            found.rows += len(after)
            if before != after:
                _count(found, before, after)
                _note(found, key)


def _count(
    found: Difference, before: frozenset[bytes], after: frozenset[bytes]
) -> None:
    """Add what the rows of one key do not have in common."""
    if not after:
        found.missing += len(before)
    elif not before:
        found.extra += len(after)
    else:
        found.differing += max(len(before - after), len(after - before))


def _note(found: Difference, key: bytes) -> None:
    if len(found.keys) < SAMPLE:
        found.keys.append(told(key))


def told(key: bytes) -> str:
    """A key as an operator may look for it."""
    match len(key):
        case 16:
            return str(UUID(bytes=key))
        case 8:
            return str(int.from_bytes(key, "big"))
        case _:
            return key.hex()


async def _rows(connection: Connection, query: LiteralString) -> AsyncGenerator[Rows]:
    """Rows by their first column, as the query orders them."""
    key, digests = b"", set[bytes]()
    copy = sql.SQL("copy ({}) to stdout (format binary)").format(sql.SQL(query))
    async with connection.cursor() as cursor, cursor.copy(copy) as blocks:
        is_first = True
        async for block in blocks:
            row = bytes(block)[_HEADER if is_first else 0 :]
            is_first = False
            if _FIELDS(row)[0] == _END:
                continue
            (length,) = _LENGTH(row, 2)
            own = row[6 : 6 + max(length, 0)]
            if digests and own != key:
                assert own > key, "a view's rows are ordered by their first column"
                yield Rows(key, frozenset(digests))
                digests = set()
            key = own
            digests.add(blake2b(row, digest_size=16).digest())
    if digests:
        yield Rows(key, frozenset(digests))
