"""Lines put into a register, and a sealer run until it has them all."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import psycopg

from application.notary.sealer import Sealer
from tests.awaiting import comes_true_there

ADD = """
select register_append(
    %s::uuid[], %s::bigint[],
    array_fill('closed'::text, array[cardinality(%s::uuid[])]),
    array_fill('{"type":"closed"}'::bytea, array[cardinality(%s::uuid[])]),
    null, null, null, null
)
"""


def add(connection: psycopg.Connection, lines: Sequence[tuple[UUID, int]]) -> None:
    """Record a line for each stream and version."""
    streams = [stream for stream, _ in lines]
    versions = [version for _, version in lines]
    connection.execute(ADD, (streams, versions, streams, streams))


def histories(count: int, length: int) -> list[tuple[UUID, int]]:
    """Lines of so many streams, each so long, one after the other in turn."""
    return [
        (UUID(int=stream), version)
        for version in range(1, length + 1)
        for stream in range(1, count + 1)
    ]


async def sealed(url: str, lines: int, sealer: Sealer | None = None) -> None:
    """Run a sealer until so many lines are in the log."""
    stop = asyncio.Event()
    sealer = sealer or Sealer(url, page_size=100, rest=0)
    running = asyncio.create_task(sealer.run(stop))
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as looking:

        async def are_all() -> bool:
            if running.done():
                running.result()
            cursor = await looking.execute("select size from log_state")
            row = await cursor.fetchone()
            return row == (lines,)

        try:
            await comes_true_there(are_all)
        finally:
            stop.set()
            await running
