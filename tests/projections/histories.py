"""Histories beside a case's own, written into the register for views to be folded."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from application.entries import Metadata, NewEntry
from domain.events import AnyEvent
from domain.values import OfficialId, Role
from tests.projections import lives
from tests.projections.projecting import caught_up, projected, running, start_anew


class Told(NamedTuple):
    """A fact, when it happened, and what it makes of the row that stands then."""

    event: AnyEvent
    at: datetime
    row: Mapping[str, Any]
    by: OfficialId = "pejabat"
    role: Role | None = None
    acting_for: OfficialId | None = None


def entries(stream: UUID, history: tuple[Told, ...]) -> list[NewEntry]:
    """The history as it is recorded."""
    return [
        NewEntry(
            stream=stream,
            version=version,
            event=told.event,
            event_id=uuid4(),
            occurred_at=told.at,
            recorded_at=told.at + timedelta(seconds=5),
            metadata=Metadata(
                official=told.by, role=told.role, acting_for=told.acting_for, rule="row"
            ),
        )
        for version, told in enumerate(history, start=1)
    ]


async def rows(connection: psycopg.AsyncConnection, table: str) -> list[dict[str, Any]]:
    """Every row, without what it is folded on."""
    async with connection.cursor(row_factory=dict_row) as cursor:
        ask = sql.SQL("select * from {} order by 1").format(sql.Identifier(table))
        await cursor.execute(ask)
        found = await cursor.fetchall()
    return [{key: row[key] for key in row if key != "folded"} for row in found]


async def every_prefix_is_as_written(
    url: str,
    desk: psycopg.AsyncConnection,
    owner: psycopg.AsyncConnection,
    table: str,
    history: tuple[Told, ...],
) -> None:
    """After each entry the one row is what the tests say; folded at once, the same."""
    stream = uuid4()
    expected: dict[str, Any] = {}
    async with running(url):
        for version, (entry, told) in enumerate(
            zip(entries(stream, history), history, strict=True), start=1
        ):
            [position] = await lives.record(desk, [entry])
            await caught_up(desk)
            expected |= {"version": version, "position": position} | dict(told.row)
            [row] = await rows(desk, table)
            assert stream in row.values()
            assert {key: row[key] for key in expected} == expected, version
            # Nothing else is told: what no test names stays empty.
            others = {key: row[key] for key in row if key not in expected}
            assert set(others.values()) <= {None, stream, row[_FIRST[table]]}, version
    last = await rows(desk, table)
    await start_anew(owner)
    await projected(url, owner)
    assert await rows(desk, table) == last


_FIRST = {
    "breaches": "opened_position",
    "complaints": "opened_position",
    "data_requests": "opened_position",
    "objections": "filed_position",
    "guests": "entered_position",
}
