"""Makes views anew from the register while the copies they have serve on."""

import asyncio
from collections.abc import Sequence

import msgspec
from psycopg import AsyncConnection
from psycopg.errors import LockNotAvailable

from application import register
from application.register import Connection
from projections import comparing, copies, rebuilds, switching, view_marks
from projections.comparing import Difference
from projections.copies import Copy
from projections.filling import PAGE_SIZE, Filling, Told, to_nobody
from projections.view import View

NAME = "rebuild"
"""Of the process, as the database's administrator sees it."""


class Rebuilt(msgspec.Struct, frozen=True):
    """What became of one view."""

    view: str
    version: int
    position: int
    """Up to which the new copy holds the register, where it began to serve."""
    difference: Difference | None
    """From the copy that served before; None if there was none to compare with."""


async def rebuild(
    url: str,
    views: Sequence[View],
    *,
    told: Told = to_nobody,
    stop: asyncio.Event | None = None,
    page_size: int = PAGE_SIZE,
    patience: float = 0,
    is_compared: bool = True,
) -> list[Rebuilt]:
    """Fill copies beside those that serve, compare them, and let the new ones serve.

    Ends at any moment without harm; the next run goes on. Raises UnderWayError,
    StoppedError.
    """
    done: list[Rebuilt] = []
    async with (
        await connected(url) as writing,
        rebuilds.turn(writing, patience),
    ):
        for filling in await rebuilds.begun(
            writing,
            [Copy.beside(view) for view in views],
            await _position(writing, views),
            told=told,
            stop=stop,
            page_size=page_size,
        ):
            done += await _rebuild(url, writing, filling, is_compared=is_compared)
    return done


async def connected(url: str) -> Connection:
    """Connect as the owner: copies are made and dropped."""
    return await AsyncConnection.connect(url, autocommit=True, application_name=NAME)


async def _position(connection: Connection, views: Sequence[View]) -> int:
    """Up to where histories are folded: no further than what serves has come."""
    found = await view_marks.positions(connection)
    serving = [Copy.serving(view).schema for view in views]
    at = [found[schema] for schema in serving if schema in found]
    return min(at) if at else await register.head(connection)


async def _rebuild(
    url: str, writing: Connection, filling: Filling, *, is_compared: bool
) -> list[Rebuilt]:
    if filling.state.position is None:
        async with await connected(url) as reading:
            await filling.fold_histories(reading, writing)
            await filling.index(writing, reading)
    if (upto := await switching.target(writing, filling)) is not None:
        await filling.follow(writing, upto)
    found: dict[str, Difference] = {}
    if is_compared:
        found = await _compared(url, writing, filling)
    position = await switching.switch(writing, filling)
    return [
        Rebuilt(copy.view.name, copy.view.version, position, found.get(copy.view.name))
        for copy in filling.copies
    ]


async def _compared(
    url: str, writing: Connection, filling: Filling
) -> dict[str, Difference]:
    """Compare each copy with the one that serves, both at one position."""
    found = {}
    for copy in filling.copies:
        serving = Copy.serving(copy.view)
        # Tables without a mark serve nobody, and nobody knows how far they came.
        is_marked = serving.schema in await view_marks.positions(writing)
        if not is_marked or not await copies.exists(writing, serving):
            continue
        filling.tell("comparing")
        async with await connected(url) as old, await connected(url) as new:
            await _freeze_both(url, writing, filling, (old, serving), (new, copy))
            found[copy.view.name] = await comparing.compare(old, new, copy)
    return found


async def _freeze_both(
    url: str,
    writing: Connection,
    filling: Filling,
    old: tuple[Connection, Copy],
    new: tuple[Connection, Copy],
) -> None:
    """Catch up while nobody moves, and keep in two snapshots what stands then."""
    for pause in switching.pauses():
        await switching.come_near(writing, filling)
        try:
            async with await connected(url) as holding, holding.transaction():
                await view_marks.halt(holding)
                upto = await switching.target(holding, filling)
                assert upto is not None, "one of them serves"
                await filling.follow(writing, upto)
                await comparing.freeze(*old)
                await comparing.freeze(*new)
        except LockNotAvailable:
            await filling.rest(pause)
        else:
            return
