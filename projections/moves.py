"""Tells a web worker how far the views have come, and wakes who waits for them.

One connection listens for all requests of the worker; nobody polls.
"""

import asyncio
from collections.abc import Iterable
from typing import Final

import structlog
from psycopg import AsyncConnection, InterfaceError, OperationalError

from application import named_sql
from application.register import Connection
from projections import view_marks
from projections.copies import Copy
from projections.view import CHANNEL

log = structlog.get_logger(__name__)

_SQL = named_sql.load(__file__)
_LISTEN = _SQL["listen"]
_TAKE_ROLE = _SQL["take_role"]

PATIENCE: Final = 2.0
"""Seconds that a query waits for its view."""
HEARTBEAT: Final = 1.0
"""Seconds of hearing notices after which the views' places are looked up again."""
ANSWER: Final = 3.0
"""Seconds that looking them up may take; a connection that is slower is lost. A copy
that is being switched in holds the table of places for a moment."""
RETRY: Final = 0.5
"""Seconds until a lost connection is opened again."""

assert CHANNEL in _LISTEN


class Moves:
    """How far each view is; start `listen` as a task of its own."""

    def __init__(self, conninfo: str, serving: Iterable[Copy]) -> None:
        self._conninfo = conninfo
        self._names = {copy.schema: copy.view.name for copy in serving}
        self._at: dict[str, int] = {}
        self._moved = asyncio.Event()

    async def reached(
        self, view: str, position: int, patience: float = PATIENCE
    ) -> bool:
        """Wait until a view holds that position; False when patience ran out."""
        try:
            async with asyncio.timeout(patience):
                while self._at.get(view, -1) < position:
                    await self._moved.wait()
        except TimeoutError:
            return False
        return True

    def place(self, view: str) -> int | None:
        """How far a view is as far as was heard; None while nothing is heard."""
        return self._at.get(view)

    async def listen(self) -> None:
        """Hear of moves until cancelled; a lost connection is opened again."""
        while True:
            try:
                await self._listen_once()
            except (OperationalError, InterfaceError, TimeoutError):
                log.warning("views_not_heard", retry_after=RETRY)
            finally:
                self._at.clear()
            await asyncio.sleep(RETRY)

    async def _listen_once(self) -> None:
        async with await AsyncConnection.connect(
            self._conninfo, autocommit=True, application_name="disposisi-moves"
        ) as connection:
            await connection.execute(_TAKE_ROLE)
            await connection.execute(_LISTEN)
            while True:
                # Listening first, then looking: no move in between is overlooked. Now
                # and again besides, for what nobody told: that a copy was made, or that
                # the connection is dead.
                async with asyncio.timeout(ANSWER):
                    await self._look(connection)
                async for notice in connection.notifies(timeout=HEARTBEAT):
                    self._hear(notice.payload)

    async def _look(self, connection: Connection) -> None:
        found = await view_marks.positions(connection)
        self._tell(
            {
                name: found[schema]
                for schema, name in self._names.items()
                if schema in found
            }
        )

    def _hear(self, payload: str) -> None:
        """Take in a notice about one of these copies; anybody may send others."""
        schema, _, position = payload.partition(" ")
        if schema in self._names and position.isdecimal():
            self._tell({self._names[schema]: int(position)})

    def _tell(self, moved: dict[str, int]) -> None:
        # A notice may be older than what was found by looking. Truly backwards no view
        # goes: another copy takes over where the one is that it replaces.
        for view, position in moved.items():
            self._at[view] = max(position, self._at.get(view, position))
        waiting, self._moved = self._moved, asyncio.Event()
        waiting.set()
