"""The book of the fillings: which are begun, how far they are, and whose turn it is."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from application import named_sql, register
from application.register import Connection
from projections import copies, parking
from projections.copies import Copy
from projections.filling import PAGE_SIZE, Filling, State, Told, to_nobody

_SQL = named_sql.load(__file__)
_TAKE_TURN = _SQL["take_turn"]
_GIVE_UP_TURN = _SQL["give_up_turn"]
_WATCH = _SQL["watch"]
_STATES = _SQL["states"]
_BEGIN = _SQL["begin"]
_FORGET = _SQL["forget"]

PAUSE = 0.1
"""Seconds until it is asked again whose turn it is."""


class UnderWayError(Exception):
    """Somebody else fills copies of views at this moment."""


@asynccontextmanager
async def turn(connection: Connection, patience: float = 0) -> AsyncIterator[None]:
    """Be the only one who fills; raises UnderWayError.

    A few seconds' patience outlast one who has just been killed.
    """
    await connection.execute(_WATCH)
    while not await _is_taken(connection):
        if patience <= 0:
            raise UnderWayError
        patience -= PAUSE
        await asyncio.sleep(PAUSE)
    try:
        yield
    finally:
        if not connection.closed:
            await connection.execute(_GIVE_UP_TURN)


async def begun(
    connection: Connection,
    wanted: Sequence[Copy],
    upto: int,
    *,
    told: Told = to_nobody,
    stop: asyncio.Event | None = None,
    page_size: int = PAGE_SIZE,
) -> list[Filling]:
    """Go on with the fillings that were begun, and begin the others.

    Copies that are equally far are filled together.
    """
    states = await _states(connection, wanted)
    fresh = [copy for copy in wanted if copy.schema not in states]
    if fresh:
        state = State(upto, await register.lines_upto(connection, upto))
        async with connection.transaction():
            for copy in fresh:
                await _begin(connection, copy, state)
        states |= {copy.schema: state for copy in fresh}
    equal: dict[State, list[Copy]] = {}
    for copy in wanted:
        equal.setdefault(states[copy.schema], []).append(copy)
    return [
        Filling(together, state, told=told, stop=stop, page_size=page_size)
        for state, together in equal.items()
    ]


async def forget(connection: Connection, copy: Copy) -> None:
    """Forget how far a copy came: it serves from now on, or is dropped."""
    await connection.execute(_FORGET, {"schema": copy.schema})


async def _is_taken(connection: Connection) -> bool:
    cursor = await connection.execute(_TAKE_TURN)
    row = await cursor.fetchone()
    assert row is not None
    is_taken: bool = row[0]
    return is_taken


async def _states(connection: Connection, wanted: Sequence[Copy]) -> dict[str, State]:
    schemas = [copy.schema for copy in wanted]
    cursor = await connection.execute(_STATES, {"schemas": schemas})
    states = {schema: State(*told) for schema, *told in await cursor.fetchall()}
    there = {copy.schema for copy in wanted if await copies.exists(connection, copy)}
    return {schema: state for schema, state in states.items() if schema in there}


async def _begin(connection: Connection, copy: Copy, state: State) -> None:
    await copies.drop(connection, copy)
    await parking.forget(connection, copy)
    await forget(connection, copy)
    await copies.create(connection, copy)
    view = copy.view
    where = {"schema": copy.schema, "name": view.name, "version": view.version}
    await connection.execute(_BEGIN, where | {"upto": state.upto, "lines": state.lines})
