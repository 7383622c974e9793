"""The matters of many persons at once, as they stand: for lists, a page at a time."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection

from application import arrays, named_sql, register
from domain.histories import Matter, folded

_MATTERS = named_sql.load(__file__)["matters"]


async def of_persons(
    connection: AsyncConnection[Any], persons: Collection[UUID]
) -> dict[UUID, dict[UUID, tuple[Matter | None, int]]]:
    """All that touches their data, by person and matter, with its version.

    A visit is no matter: None. Two statements, however many they are.
    """
    of = {"persons": arrays.uuids(list(persons))}
    cursor = await connection.execute(_MATTERS, of, binary=True)
    pairs = await cursor.fetchall()
    streams = list(dict.fromkeys(matter for _, matter in pairs))
    histories = await register.entries_of_all(connection, streams)
    standing = {
        stream: (folded((one.event, one.by()) for one in entries), entries[-1].version)
        for stream, entries in histories.items()
        if entries
    }
    found: dict[UUID, dict[UUID, tuple[Matter | None, int]]] = {}
    for person, matter in pairs:
        if matter in standing:
            found.setdefault(person, {})[matter] = standing[matter]
    return found
