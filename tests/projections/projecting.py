"""Running projectors beside a test, and comparing what they made."""

import asyncio
from contextlib import asynccontextmanager

from application import marks, register
from projections import projector
from tests.awaiting import comes_true_there

PATIENCE = 20.0


@asynccontextmanager
async def running(url, views=projector.VIEWS, page_size=2000):
    """Run a projector beside the test; it must stop at once when told."""
    stop = asyncio.Event()
    task = asyncio.create_task(
        projector.run(url, stop, views=views, page_size=page_size)
    )
    try:
        yield task
    finally:
        stop.set()
        async with asyncio.timeout(5):
            await asyncio.gather(task, return_exceptions=True)
    task.result()


async def caught_up(connection, views=projector.VIEWS):
    """Wait until these views hold everything recorded."""
    head = await register.head(connection)
    await comes_true_there(lambda: _hold(connection, views, head), PATIENCE)


async def _hold(connection, views, head):
    cursor = await connection.execute("select name, version from views")
    found = dict(await cursor.fetchall())
    if found != {view.name: view.version for view in views}:
        return False
    return await marks.position(connection, projector.NAME) >= head


async def projected(url, connection, views=projector.VIEWS, page_size=2000):
    """Project everything recorded, and stop."""
    async with running(url, views=views, page_size=page_size):
        await caught_up(connection, views)


async def rows(connection):
    """Every row of the list's table, to be compared."""
    cursor = await connection.execute("select * from cases order by case_id")
    return await cursor.fetchall()


async def parked(connection):
    """What is parked: position, error."""
    cursor = await connection.execute(
        "select position, error from parked where view = 'cases' order by position"
    )
    return await cursor.fetchall()
