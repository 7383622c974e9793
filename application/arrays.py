"""Binary PostgreSQL arrays, packed at once instead of element by element.

A batch hands the register eight arrays; packing them here costs half of what the
driver's own lists cost, with the desk's event loop paying for both.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta
from struct import Struct, pack
from uuid import UUID

import msgspec
import psycopg
from psycopg.adapt import Buffer, Dumper
from psycopg.pq import Format
from typing_extensions import override


class Array(msgspec.Struct, frozen=True):
    """An array as PostgreSQL's wire has it; the statement casts it: `%(x)b::uuid[]`."""

    data: bytes


class ArrayDumper(Dumper):
    """Hands an Array over as it is; the cast in the statement tells its type."""

    format = Format.BINARY
    oid = 0

    @override
    def dump(self, obj: Array) -> Buffer:
        return obj.data


psycopg.adapters.register_dumper(Array, ArrayDumper)

# One dimension, whether there are nulls, the element's type, how many, first index 1.
_HEADER = Struct("!iiIii").pack
_LENGTH = Struct("!i").pack
_UUID, _BIGINT, _TEXT, _BYTEA, _TIMESTAMPTZ, _DATE = 2950, 20, 25, 17, 1184, 1082
_BOOLEAN = 16
_NULL = b"\xff\xff\xff\xff"
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""From which PostgreSQL counts its instants."""
_MICROSECOND = timedelta(microseconds=1)


def uuids(values: Sequence[UUID]) -> Array:
    """Pack a uuid[]."""
    parts = [b"\0\0\0\x10" + value.bytes for value in values]
    return Array(_HEADER(1, 0, _UUID, len(values), 1) + b"".join(parts))


def raw_uuids(values: Collection[bytes]) -> Array:
    """Pack a uuid[] of values that are 16 bytes already."""
    parts = [b"\0\0\0\x10" + value for value in values]
    return Array(_HEADER(1, 0, _UUID, len(values), 1) + b"".join(parts))


def texts(values: Sequence[str]) -> Array:
    """Pack a text[]; most columns say few words again and again."""
    packed = {value: _sized(value.encode()) for value in set(values)}
    parts = [packed[value] for value in values]
    return Array(_HEADER(1, 0, _TEXT, len(values), 1) + b"".join(parts))


def utf8s(values: Sequence[bytes]) -> Array:
    """Pack a text[] of texts that are encoded already."""
    return _variable(_TEXT, values)


def byteas(values: Sequence[bytes]) -> Array:
    """Pack a bytea[]."""
    return _variable(_BYTEA, values)


def bigints(values: Sequence[int]) -> Array:
    """Pack a bigint[]."""
    return _eights(_BIGINT, values)


def instants(values: Sequence[datetime]) -> Array:
    """Pack a timestamptz[]; every instant is aware, to the microsecond."""
    # A batch has few different instants: one recorded_at, and often it is occurred_at.
    micros = {value: (value - EPOCH) // _MICROSECOND for value in set(values)}
    return _eights(_TIMESTAMPTZ, [micros[value] for value in values])


def booleans(values: Sequence[bool]) -> Array:
    """Pack a boolean[]."""
    return _nullable(_BOOLEAN, [b"\1" if value else b"\0" for value in values])


def uuids_or_null(values: Sequence[UUID | None]) -> Array:
    """Pack a uuid[] with nulls in it."""
    return _nullable(
        _UUID, [None if value is None else value.bytes for value in values]
    )


def texts_or_null(values: Sequence[str | None]) -> Array:
    """Pack a text[] with nulls in it."""
    packed = {
        value: _NULL if value is None else _sized(value.encode())
        for value in set(values)
    }
    parts = [packed[value] for value in values]
    return Array(_HEADER(1, 1, _TEXT, len(values), 1) + b"".join(parts))


def instants_or_null(values: Sequence[datetime | None]) -> Array:
    """Pack a timestamptz[] with nulls in it."""
    numbers = [
        None if value is None else (value - EPOCH) // _MICROSECOND for value in values
    ]
    return _nullable(
        _TIMESTAMPTZ,
        [None if number is None else pack("!q", number) for number in numbers],
    )


def dates_or_null(values: Sequence[date | None]) -> Array:
    """Pack a date[] with nulls in it."""
    first = EPOCH.date()
    return _nullable(
        _DATE,
        [
            None if value is None else pack("!i", (value - first).days)
            for value in values
        ],
    )


def _sized(value: bytes) -> bytes:
    return _LENGTH(len(value)) + value


def _nullable(oid: int, values: Sequence[bytes | None]) -> Array:
    parts = [
        _NULL if value is None else _LENGTH(len(value)) + value for value in values
    ]
    return Array(_HEADER(1, 1, oid, len(values), 1) + b"".join(parts))


def _variable(oid: int, values: Sequence[bytes]) -> Array:
    parts = [_LENGTH(len(value)) + value for value in values]
    return Array(_HEADER(1, 0, oid, len(values), 1) + b"".join(parts))


def _eights(oid: int, values: Sequence[int]) -> Array:
    header = _HEADER(1, 0, oid, len(values), 1)
    numbers = [number for value in values for number in (8, value)]
    return Array(header + pack("!" + "iq" * len(values), *numbers))
