"""Entries that are set aside, for a view can't take them; with them the later ones."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import msgspec
import structlog

from application import arrays, named_sql
from application.entries import Line
from application.register import Connection
from projections.copies import Copy

log = structlog.get_logger(__name__)

_SQL = named_sql.load(__file__)
_ANY_PARKED = _SQL["any_parked"]
_PARKED_STREAMS = _SQL["parked_streams"]
_PARK = _SQL["park"]

BEHIND_PARKED = "BehindParked"
"""Stands as the error of an entry whose predecessor is parked."""


class Parked(msgspec.Struct, frozen=True):
    """An entry that waits for better code, for one copy of a view."""

    copy: Copy
    line: Line
    error: str


async def histories(
    connection: Connection, copy: Copy, among: Iterable[UUID]
) -> frozenset[UUID]:
    """Of these histories the ones that the copy lacks entries of; mostly none."""
    where = {"schema": copy.schema}
    cursor = await connection.execute(_ANY_PARKED, where, prepare=True)
    if await cursor.fetchone() is None:
        return frozenset()
    streams = arrays.uuids(list(set(among)))
    cursor = await connection.execute(
        _PARKED_STREAMS, where | {"streams": streams}, prepare=True, binary=True
    )
    return frozenset(stream for (stream,) in await cursor.fetchall())


async def keep(connection: Connection, parked: Sequence[Parked]) -> None:
    """Write down what was parked, where operators look, and say so."""
    if not parked:
        return
    for first, entries in _alike(parked):
        log.error(
            "entry_parked",
            schema=first.copy.schema,
            error=first.error,
            case=str(first.line.stream),
            position=first.line.position,
            version=first.line.version,
            tag=first.line.tag,
            entries=entries,
        )
    await connection.execute(_PARK, _columns(parked), binary=True)


def _alike(parked: Iterable[Parked]) -> Iterable[tuple[Parked, int]]:
    """The first one that a copy could not take for an error, and how many there are.

    After a faulty release a page may have thousands of them.
    """
    found: dict[tuple[str, str], list[Parked]] = {}
    for one in parked:
        found.setdefault((one.copy.schema, one.error), []).append(one)
    return [(ones[0], len(ones)) for ones in found.values()]


def _columns(parked: Sequence[Parked]) -> dict[str, object]:
    lines = [one.line for one in parked]
    return {
        "schema": arrays.texts([one.copy.schema for one in parked]),
        "position": arrays.bigints([line.position for line in lines]),
        "stream": arrays.uuids([line.stream for line in lines]),
        "version": arrays.bigints([line.version for line in lines]),
        "tag": arrays.texts([line.tag for line in lines]),
        "error": arrays.texts([one.error for one in parked]),
    }
