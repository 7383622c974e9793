"""Running projectors beside a test, and comparing what they made."""

import asyncio
from contextlib import asynccontextmanager

from application import register
from projections import copies, parking, projector, view_marks
from projections.copies import Copy
from projections.views import VIEWS
from tests.awaiting import comes_true_there

PATIENCE = 20.0


@asynccontextmanager
async def running(url, views=VIEWS, page_size=2000):
    """Run a projector beside the test; it must stop at once when told.

    One that fails ends the test at once.
    """
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        task = group.create_task(
            projector.run(url, stop, views=views, page_size=page_size)
        )
        try:
            yield task
        finally:
            stop.set()
            async with asyncio.timeout(5):
                await asyncio.wait([task])


async def caught_up(connection, views=VIEWS):
    """Wait until these views hold everything recorded."""
    head = await register.head(connection)
    await comes_true_there(lambda: _hold(connection, views, head), PATIENCE)


async def _hold(connection, views, head):
    found = await view_marks.positions(connection)
    return all(found.get(Copy.serving(view).schema, -1) >= head for view in views)


async def start_anew(owner, views=VIEWS):
    """Drop the copies that serve; the next projector fills them from the beginning."""
    for view in views:
        await copies.drop(owner, Copy.serving(view))
        await parking.forget(owner, Copy.serving(view))
        await view_marks.forget(owner, Copy.serving(view))


async def projected(url, connection, views=VIEWS, page_size=2000):
    """Project everything recorded, and stop."""
    async with running(url, views=views, page_size=page_size):
        await caught_up(connection, views)


async def rows(connection, views=VIEWS):
    """Every row of the list's table, to be compared."""
    await copies.look_in(connection, map(Copy.serving, views))
    cursor = await connection.execute("select * from cases order by case_id")
    return await cursor.fetchall()


async def contents(connection, views=VIEWS, which=Copy.serving):
    """Every row of every table of these views' copies."""
    found = {}
    for view in views:
        await copies.look_in(connection, [which(view)])
        found[view.name] = [
            await (await connection.execute(query)).fetchall() for query in view.rows
        ]
    return found


async def schemas(connection):
    """The schemas of views that stand in the database."""
    cursor = await connection.execute(
        "select nspname from pg_namespace where nspname ~ '_v[0-9]+(_|$)' order by 1"
    )
    return [name for (name,) in await cursor.fetchall()]


def agree(done):
    """Whether there was something to compare with, and it was the same."""
    return all(one.difference is not None and one.difference.is_none for one in done)


async def parked(connection):
    """What is parked: position, error."""
    cursor = await connection.execute(
        "select position, error from parked where schema ^@ 'cases' order by position"
    )
    return await cursor.fetchall()
