"""Followers handle every line once and in order, whatever dies meanwhile."""

import asyncio
import time
from contextlib import asynccontextmanager
from uuid import uuid4

import psycopg
import pytest

from application import follow, marks
from tests.awaiting import comes_true, comes_true_there

ADD = """
select register_append(
    array_agg(gen_random_uuid()), array_agg(1::bigint), array_agg('closed'::text),
    array_agg('{"type":"closed"}'::bytea), null, null, null, null
) from generate_series(1, %s)
"""


@pytest.fixture
async def book(database_url):
    """Give an owner's connection, and a table for what a follower writes."""
    async with await psycopg.AsyncConnection.connect(
        database_url, autocommit=True
    ) as connection:
        await connection.execute("create table written (position bigint)")
        yield connection


@pytest.fixture
def connect(database_url):
    """Give the way in which a follower opens its connections."""

    async def opened():
        return await psycopg.AsyncConnection.connect(
            database_url, application_name="follower"
        )

    return opened


async def write(connection, page):
    rows = [(line.position,) for line in page]
    async with connection.cursor() as cursor:
        await cursor.executemany("insert into written values (%s)", rows)


async def written(book):
    cursor = await book.execute("select position from written order by ctid")
    return [position for (position,) in await cursor.fetchall()]


async def recorded(book):
    cursor = await book.execute("select notification_id from register order by 1")
    return [position for (position,) in await cursor.fetchall()]


async def has_all(book):
    """Wait until everything recorded is written."""

    async def is_written():
        return await written(book) == await recorded(book)

    await comes_true_there(is_written)


async def marked(book, name):
    """Wait until a follower of that name has begun: it places its mark first."""

    async def stands():
        cursor = await book.execute("select from marks where name = %s", (name,))
        return cursor.rowcount > 0

    await comes_true_there(stands)


@asynccontextmanager
async def running(follower):
    """Run a follower beside the test; it must stop at once when told."""
    stop = asyncio.Event()
    task = asyncio.create_task(follower.run(stop))
    try:
        yield task
    finally:
        stop.set()
        async with asyncio.timeout(5):
            await asyncio.gather(task, return_exceptions=True)
    if not task.cancelled():
        task.result()


async def test_everything_is_handled_once_in_pages_and_the_mark_moves_along(
    book, connect
):
    await book.execute(ADD, (25,))
    told: list[follow.Progress] = []
    follower = follow.Follower("writer", connect, write, page_size=10, told=told.append)

    async with running(follower):
        await has_all(book)

    assert [(step.page, step.position, step.lag) for step in told] == [
        (10, 10, 15),
        (10, 20, 5),
        (5, 25, 0),
    ]
    assert await marks.position(book, "writer") == 25


async def test_a_new_line_wakes_the_follower_before_its_second_is_over(book, connect):
    await book.execute(ADD, (1,))
    async with running(follow.Follower("writer", connect, write)):
        await has_all(book)  # from its first page on it listens
        waits = []
        for _ in range(5):
            began = time.monotonic()
            await book.execute(ADD, (1,))
            await has_all(book)
            waits.append(time.monotonic() - began)

    assert sorted(waits)[2] < follow.POLL / 2


async def test_a_follower_goes_on_where_its_mark_stands(book, connect):
    for _ in range(3):
        await book.execute(ADD, (7,))
        async with running(follow.Follower("writer", connect, write, page_size=5)):
            await has_all(book)

    assert len(await written(book)) == 21


async def test_a_rewound_mark_has_everything_handled_anew(book, connect):
    await book.execute(ADD, (7,))
    async with running(follow.Follower("writer", connect, write)):
        await has_all(book)

    await marks.rewind(book, "writer")
    await book.execute("truncate written")

    async with running(follow.Follower("writer", connect, write)):
        await has_all(book)


async def test_what_a_failing_handler_wrote_is_undone_and_its_mark_stays(book, connect):
    async def fail(connection, page):
        await write(connection, page)
        raise RuntimeError

    await book.execute(ADD, (3,))

    with pytest.raises(RuntimeError):
        await follow.Follower("writer", connect, fail).run(asyncio.Event())

    assert await written(book) == []
    assert await marks.position(book, "writer") == 0


async def test_two_followers_of_one_name_never_both_write_a_line(book, connect):
    async def slowly(connection, page):
        await write(connection, page)
        await asyncio.sleep(0.02)

    await book.execute(ADD, (60,))
    pair = [follow.Follower("writer", connect, slowly, page_size=2) for _ in range(2)]
    stop = asyncio.Event()
    tasks = [asyncio.create_task(follower.run(stop)) for follower in pair]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    await has_all(book)
    stop.set()

    ends = await asyncio.gather(*tasks, return_exceptions=True)

    [refused] = [end for end in ends if end is not None]
    assert isinstance(refused, marks.AnotherFollowerError)
    assert refused.name == "writer"


async def test_followers_of_other_names_go_their_own_ways(book, connect):
    async def look(connection, page):
        seen.extend(line.position for line in page)

    seen: list[int] = []
    await book.execute(ADD, (5,))
    async with (
        running(follow.Follower("writer", connect, write)),
        running(follow.Follower("reader", connect, look)),
    ):
        await has_all(book)
        await comes_true(lambda: len(seen) == 5)

    assert seen == [1, 2, 3, 4, 5]
    assert await marks.position(book, "writer") == 5
    assert await marks.position(book, "reader") == 5


async def test_lost_connections_cost_neither_lines_nor_doubles(book, connect):
    kill = """
        select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'follower' and datname = current_database()
    """
    async with running(follow.Follower("writer", connect, write, page_size=3)):
        for _ in range(5):
            await book.execute(ADD, (20,))
            await asyncio.sleep(0.05)
            await book.execute(kill)
        await has_all(book)


async def test_a_follower_waits_for_a_server_that_is_not_there_yet(book, connect):
    refusals = iter(range(2))

    async def at_the_third_try():
        if next(refusals, None) is not None:
            message = "connection refused"
            raise psycopg.OperationalError(message)
        return await connect()

    await book.execute(ADD, (3,))
    async with running(follow.Follower("writer", at_the_third_try, write)):
        await has_all(book)


async def test_a_follower_stops_at_once_also_while_it_waits(connect, book):
    for _ in range(3):
        name = f"{uuid4()}"
        async with running(follow.Follower(name, connect, write)):
            await marked(book, name)
            began = time.monotonic()
        assert time.monotonic() - began < follow.POLL / 2
