"""Lists that go on behind a cursor: a page as JSON, or all that fits as CSV."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any, Final, Protocol, TypeAlias

import msgspec
from litestar import Response
from psycopg import AsyncConnection

from interfaces.http import csv_answer
from interfaces.http.call import Call
from interfaces.http.csv_answer import Format
from projections.cursor import Cursor

_EXPORTED_AT_ONCE: Final = 200
"""Lines of a page of CSV."""


class Stretch(msgspec.Struct, frozen=True):
    """How much of a list is wanted, and behind which place."""

    limit: int
    after: Cursor | None = None


class ListPage(Protocol):
    """A stretch of a list."""

    @property
    def items(self) -> Sequence[msgspec.Struct]: ...

    @property
    def next(self) -> str | None: ...


ReadStretch: TypeAlias = Callable[[AsyncConnection[Any], Stretch], Awaitable[ListPage]]


async def given(
    call: Call,
    read: ReadStretch,
    wanted: Stretch,
    said: Format | None,
    *,
    name: str,
    line: type[msgspec.Struct],
    is_heavy: bool = False,
) -> Response[Any]:
    """A page as JSON; as CSV all lines from there on, and not `limit` of them.

    A heavy list waits for its turn though it is JSON.
    """
    is_csv = csv_answer.is_wanted(call, said)
    waits = is_csv or is_heavy
    connected = call.heavy.connection if waits else call.counter.pool.connection

    async def page(stretch: Stretch) -> ListPage:
        async with connected() as connection:
            return await read(connection, stretch)

    if not is_csv:
        return Response(content=await page(wanted))
    all_of_them = Stretch(_EXPORTED_AT_ONCE, wanted.after)
    pages = (page.items async for page in _pages(page, all_of_them))
    return await csv_answer.streamed(name, csv_answer.header(line), pages)


async def _pages(
    page: Callable[[Stretch], Awaitable[ListPage]], stretch: Stretch
) -> AsyncIterator[ListPage]:
    while True:
        found = await page(stretch)
        yield found
        if found.next is None:
            return
        stretch = Stretch(stretch.limit, Cursor.read(found.next))
