"""Fills copies of views beside those that serve; it may be ended at any moment.

First history by history up to a position, so that every row is folded once and written
once; then the indexes are made; then the rest comes in the register's order. How far
it came is written down with every page, and the next run goes on there.
"""

import asyncio
import gc
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing, contextmanager
from typing import TypeAlias
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application import named_sql, register
from application.marks import AnotherFollowerError
from application.register import Connection
from application.stopping import stopped_within
from projections import copies
from projections.copies import Copy
from projections.page import Page

_SQL = named_sql.load(__file__)
_READ_BY_KEY = _SQL["read_by_key"]
_HASTEN = _SQL["hasten"]
_MOVE = _SQL["move"]

PAGE_SIZE = 5_000

SWEPT_AFTER = 500_000
"""Objects; at Python's own 700 half of the time would go into looking for garbage."""

_BEFORE_ALL = (UUID(int=0), -1)


class StoppedError(Exception):
    """It was told to stop; the next filling goes on where this one was."""


class Progress(msgspec.Struct, frozen=True):
    """How far the filling of some views is."""

    views: tuple[str, ...]
    step: str
    """histories, indexes, latest, comparing or switching."""
    done: int = 0
    total: int = 0
    """Lines of the register that this step takes; 0 where they are not counted."""


Told: TypeAlias = Callable[[Progress], None]


def to_nobody(_: Progress) -> None:
    """Nobody wants to know."""


class State(msgspec.Struct, frozen=True):
    """How far copies have come that are filled together."""

    upto: int
    lines: int
    """Up to that position."""
    folded: int = 0
    """Of these lines."""
    stream: UUID | None = None
    stream_version: int | None = None
    position: int | None = None
    """Known once all histories are folded up to `upto`, and the indexes made."""


class Filling:
    """Copies that are filled together, page by page."""

    def __init__(
        self,
        together: Sequence[Copy],
        state: State,
        *,
        told: Told = to_nobody,
        stop: asyncio.Event | None = None,
        page_size: int = PAGE_SIZE,
    ) -> None:
        self.copies = together
        self.state = state
        self._told = told
        self._stop = stop
        self.page_size = page_size

    @property
    def position(self) -> int:
        """Up to where it holds every line of the register."""
        assert self.state.position is not None, "the histories come first"
        return self.state.position

    def tell(self, step: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done."""
        names = tuple(copy.view.name for copy in self.copies)
        self._told(Progress(names, step, done, total))

    async def fold_histories(self, reading: Connection, writing: Connection) -> None:
        """Fold every history up to `upto`; raises StoppedError.

        One connection reads ahead while the other one writes.
        """
        await reading.execute(_READ_BY_KEY)
        await writing.execute(_HASTEN)
        await copies.look_in(writing, self.copies)
        self.tell("histories", self.state.folded, self.state.lines)
        with _seldom_swept():
            async with aclosing(_ahead(self._histories(reading))) as pages:
                async for page in pages:
                    self.go_on()
                    await self._work(writing, page, self._behind(page))
                    self.tell("histories", self.state.folded, self.state.lines)

    def _behind(self, page: Page) -> State:
        last = page.lines[-1]
        return replace(
            self.state,
            folded=self.state.folded + len(page.lines),
            stream=last.stream,
            stream_version=last.version,
        )

    async def index(self, *hands: Connection) -> None:
        """Make the indexes, now that the tables are filled; all hands at once."""
        self.go_on()
        self.tell("indexes")
        state = replace(self.state, position=self.state.upto)
        left = list(reversed(self.copies))

        async def work(connection: Connection) -> None:
            await connection.execute(_HASTEN)
            while left:
                copy = left.pop()
                async with connection.transaction():
                    await self._move(connection, state, [copy])
                    await copies.index(connection, copy)
                    await copies.analyze(connection, copy)

        ends = await asyncio.gather(*map(work, hands), return_exceptions=True)
        for failure in ends:
            if failure is not None:
                raise failure
        self.state = state

    async def follow(self, connection: Connection, upto: int) -> None:
        """Fold what was recorded since, in the register's order, up to a position."""
        await copies.look_in(connection, self.copies)
        began = self.position
        while await self.fold_next(connection, upto):
            self.tell("latest", self.position - began, upto - began)

    async def fold_next(self, connection: Connection, upto: int) -> bool:
        """Fold the next page up to a position; False when there is none.

        The connection looks in these copies. It may be within a transaction; if that
        is taken back, set the state back as well.
        """
        self.go_on()
        lines = await register.page_after(connection, self.position, self.page_size)
        lines = [line for line in lines if line.position <= upto]
        if not lines:
            return False
        state = replace(self.state, position=lines[-1].position)
        await self._work(connection, Page(lines), state)
        return True

    async def rest(self, seconds: float) -> None:
        """Wait so long; raises StoppedError as soon as it is told to stop."""
        if self._stop is None:
            await asyncio.sleep(seconds)
            return
        await stopped_within(seconds, self._stop)
        self.go_on()

    def go_on(self) -> None:
        """Raise StoppedError if it was told to stop."""
        if self._stop is not None and self._stop.is_set():
            raise StoppedError

    async def _histories(self, connection: Connection) -> AsyncGenerator[Page, None]:
        state = self.state
        after = _BEFORE_ALL
        if state.stream is not None and state.stream_version is not None:
            after = (state.stream, state.stream_version)
        while lines := await register.histories_after(
            connection, after, upto=state.upto, limit=self.page_size
        ):
            yield await Page.decoded(lines)
            after = (lines[-1].stream, lines[-1].version)

    async def _work(self, connection: Connection, page: Page, state: State) -> None:
        """Fold a page into every copy, and write down how far they are with it."""
        async with connection.transaction():
            await self._move(connection, state, self.copies)
            for copy in self.copies:
                await page.fold_into(connection, copy)
            await page.keep_parked(connection)
        self.state = state

    async def _move(
        self, connection: Connection, state: State, moved: Sequence[Copy]
    ) -> None:
        schemas = [copy.schema for copy in moved]
        where = {
            "schemas": schemas,
            "old_folded": self.state.folded,
            "old_position": self.state.position,
            "folded": state.folded,
            "stream": state.stream,
            "stream_version": state.stream_version,
            "position": state.position,
        }
        cursor = await connection.execute(_MOVE, where, prepare=True)
        if cursor.rowcount != len(schemas):
            raise AnotherFollowerError(", ".join(schemas))


@contextmanager
def _seldom_swept() -> Iterator[None]:
    """Look for garbage once a page: a page holds so much that lives until its end."""
    usual = gc.get_threshold()
    gc.set_threshold(SWEPT_AFTER, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


async def _ahead(pages: AsyncGenerator[Page, None]) -> AsyncGenerator[Page, None]:
    """Let the next page be read and decoded while the one before is written."""

    async def following() -> Page | None:
        return await anext(pages, None)

    coming = asyncio.create_task(following())
    try:
        while (page := await coming) is not None:
            coming = asyncio.create_task(following())
            yield page
    finally:
        coming.cancel()
        await asyncio.gather(coming, return_exceptions=True)
        await pages.aclose()
