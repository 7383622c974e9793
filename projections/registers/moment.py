"""All that a page of a book is put together of stands at one moment."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from application import named_sql
from application.register import Connection
from projections import copies

_AT_ONE_MOMENT = named_sql.load(__file__)["at_one_moment"]


@asynccontextmanager
async def at_one_moment(connection: Connection) -> AsyncIterator[Connection]:
    """Read the copies that serve within one snapshot; nothing is written."""
    async with connection.transaction():
        await connection.execute(_AT_ONE_MOMENT)
        await copies.hold(connection)
        yield connection
