"""Who waits for a view is woken when it has come so far, and told when it has not."""

import asyncio
import time
from contextlib import asynccontextmanager

from projections import moves
from projections.views import SERVING
from tests.projections import lives
from tests.projections.projecting import running


@asynccontextmanager
async def listening(url):
    """Listen beside the test."""
    heard = moves.Moves(url, SERVING)
    task = asyncio.create_task(heard.listen())
    try:
        yield heard
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_what_the_view_holds_already_is_not_waited_for(database_url, desk):
    [*_, last] = await lives.record(desk, lives.many(2))
    async with running(database_url), listening(database_url) as heard:
        assert await heard.reached("cases", last)
        began = time.monotonic()
        assert await heard.reached("cases", last)
        assert time.monotonic() - began < 0.01


async def test_many_wait_at_once_and_each_for_his_own_position(database_url, desk):
    async with running(database_url), listening(database_url) as heard:
        for entry in lives.many(6):
            [position] = await lives.record(desk, [entry])
            answers = await asyncio.gather(
                *(heard.reached("cases", n) for n in range(1, position + 1))
            )
            assert all(answers)


async def test_patience_ends_for_a_view_that_does_not_come(database_url, desk):
    [*_, last] = await lives.record(desk, lives.many(1))
    async with listening(database_url) as heard:
        began = time.monotonic()
        assert not await heard.reached("cases", last, patience=0.2)
        assert 0.15 < time.monotonic() - began < 1
        assert not await heard.reached("another", 0, patience=0.1)


async def test_a_view_made_anew_has_not_reached_what_the_old_one_had(
    database_url, desk, owner
):
    [*_, last] = await lives.record(desk, lives.many(1))
    async with running(database_url), listening(database_url) as heard:
        assert await heard.reached("cases", last)
        await owner.execute("select pg_notify('view_moved', 'cases 0')")
        await asyncio.sleep(0.2)
        assert not await heard.reached("cases", last, patience=0.1)


async def test_a_lost_connection_is_opened_again_and_looks_where_views_are(
    database_url, desk, owner, monkeypatch
):
    monkeypatch.setattr(moves, "RETRY", 0.05)
    async with running(database_url), listening(database_url) as heard:
        await heard.reached("cases", 0)
        await owner.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where application_name = 'disposisi-moves'"
            " and datname = current_database()"
        )
        [*_, last] = await lives.record(desk, lives.many(2))
        assert await heard.reached("cases", last)
