"""How far the views are behind the register, for whoever watches over the service."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

import msgspec
from psycopg.rows import class_row

from application import named_sql
from application.register import Connection
from projections import moves
from projections.copies import Copy

_SQL = named_sql.load(__file__)
_TAKE_ROLE = _SQL["take_role"]
_OF_VIEWS = _SQL["of_views"]
_OF_REBUILDS = _SQL["of_rebuilds"]
_IS_FILLING = _SQL["is_filling"]

BEHIND: Final = moves.PATIENCE
"""Seconds of lag from which on a query that waits for what its caller has just
recorded is told to come again: people notice."""

SILENT: Final = 10.0
"""Seconds without a look at the register's end. The projector looks every second, and
tries a lost connection again after five at the most: it is gone, or it hangs."""


class Pulse(StrEnum):
    """What the views' marks say of the projector."""

    OK = "ok"
    BEHIND = "behind"
    SILENT = "silent"
    STARTING = "starting"
    """A view has no copy yet that could be read."""
    FILLING = "filling"
    """Nobody has looked for long, and somebody makes copies of views meanwhile: a later
    release's projector before it follows."""


class ViewLag(msgspec.Struct, frozen=True):
    """How far one view is behind."""

    name: str
    position: int
    head: int
    """The register's last position."""
    events: int
    """Lines ahead; where they are more than a thousand, positions: an upper bound."""
    seconds: float
    """Since the oldest line ahead was recorded; 0 without one."""
    moved_age: float
    """Seconds since it last took a page in."""
    looked_age: float
    """Seconds since the projector last looked for the register's end."""
    parked: int
    """Entries that it could not take, and the later ones of their histories."""


class Rebuild(msgspec.Struct, frozen=True):
    """A copy that is being filled beside the one that serves."""

    name: str
    version: int
    lines: int
    """That stood in the register when it began."""
    folded: int
    """Of these."""


async def of_views(connection: Connection, serving: Sequence[Copy]) -> list[ViewLag]:
    """Tell the lag of the copies that serve; one that is not there yet is left out."""
    async with connection.cursor(row_factory=class_row(ViewLag)) as cursor:
        schemas = [copy.schema for copy in serving]
        await cursor.execute(_OF_VIEWS, {"schemas": schemas}, prepare=True)
        return await cursor.fetchall()


async def of_rebuilds(connection: Connection) -> list[Rebuild]:
    """Tell the fillings under way, or left off."""
    async with connection.cursor(row_factory=class_row(Rebuild)) as cursor:
        await cursor.execute(_OF_REBUILDS)
        return await cursor.fetchall()


async def is_filling(connection: Connection) -> bool:
    """Whether somebody fills copies of views at this moment."""
    cursor = await connection.execute(_IS_FILLING)
    row = await cursor.fetchone()
    return row is not None


async def take_role(connection: Connection) -> None:
    """Let a connection of one's own look at these things, and at nothing for long."""
    await connection.execute(_TAKE_ROLE)


def pulse(
    views: Sequence[ViewLag], serving: Sequence[Copy], *, is_filling: bool = False
) -> Pulse:
    """Say how the projector is; its views move together, the worst one speaks."""
    if len(views) < len(serving):
        return Pulse.STARTING
    if any(view.looked_age > SILENT for view in views):
        return Pulse.FILLING if is_filling else Pulse.SILENT
    if any(view.seconds > BEHIND for view in views):
        return Pulse.BEHIND
    return Pulse.OK
