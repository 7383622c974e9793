"""Who waits for a view is woken when it has come so far, and told when it has not."""

import asyncio
import statistics
import time
from contextlib import asynccontextmanager

import psycopg
import pytest

from projections import moves
from projections.cases import CasesView
from projections.copies import Copy
from projections.views import SERVING
from tests.awaiting import comes_true, comes_true_there
from tests.projections import lives
from tests.projections.projecting import running


class Another(CasesView):
    """A view that no projector keeps; tests speak for it."""

    name = "another"


class LaterCases(CasesView):
    """The cases of a later release, which runs beside this one."""

    version = CasesView.version + 1


ANOTHER = Copy.serving(Another()).schema
CASES = Copy.serving(CasesView()).schema
LATER = Copy.serving(LaterCases()).schema

LOSE = """
select pg_terminate_backend(pid)
  from pg_stat_activity
 where application_name = 'disposisi-moves'
   and datname = current_database()
"""


@asynccontextmanager
async def listening(url):
    """Listen beside the test."""
    heard = moves.Moves(url, (*SERVING, Copy.serving(Another())))
    task = asyncio.create_task(heard.listen())
    try:
        yield heard
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def tell(owner, payload):
    """Notify as a projector does, whatever it says."""
    await owner.execute("select pg_notify('view_moved', %s)", (payload,))


async def test_what_the_view_holds_already_is_not_waited_for(database_url, desk):
    [*_, last] = await lives.record(desk, lives.many(2))
    async with running(database_url), listening(database_url) as heard:
        assert await heard.reached("cases", last)
        assert await heard.reached("cases", last, patience=0)


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


async def test_a_notice_that_comes_late_takes_no_view_back(database_url, desk, owner):
    [*_, last] = await lives.record(desk, lives.many(1))
    async with running(database_url), listening(database_url) as heard:
        assert await heard.reached("cases", last)
        await tell(owner, f"{CASES} 0")
        await tell(owner, f"{ANOTHER} 1")
        assert await heard.reached("another", 1), "both were heard by now"
        assert await heard.reached("cases", last, patience=0)


async def test_how_far_a_later_release_is_does_not_count_for_this_one(
    database_url, desk, owner
):
    [*_, last] = await lives.record(desk, lives.many(1))
    async with running(database_url), listening(database_url) as heard:
        assert await heard.reached("cases", last)
        await tell(owner, f"{LATER} {last + 1}")
        await tell(owner, f"{ANOTHER} 1")
        assert await heard.reached("another", 1), "both were heard by now"
        assert heard.place("cases") == last


@pytest.mark.parametrize("foreign", ["", "cases", CASES, f"{CASES} far", "x y z"])
async def test_a_notice_that_cannot_be_read_is_no_notice(
    database_url, owner, foreign, monkeypatch
):
    monkeypatch.setattr(moves, "RETRY", 3600)
    async with running(database_url), listening(database_url) as heard:
        assert await heard.reached("cases", 0, patience=10)
        await tell(owner, foreign)
        await tell(owner, f"{ANOTHER} 1")
        assert await heard.reached("another", 1)


async def test_whatever_way_a_connection_is_lost_another_one_is_opened(
    database_url, monkeypatch
):
    monkeypatch.setattr(moves, "RETRY", 0.01)
    tries = []

    async def lose(_connection):
        tries.append(1)
        raise psycopg.InterfaceError

    monkeypatch.setattr("projections.view_marks.positions", lose)
    async with listening(database_url):
        await comes_true(lambda: len(tries) > 2)


async def test_what_was_recorded_just_now_is_waited_for_without_polling(
    database_url, desk
):
    waits = []
    async with running(database_url), listening(database_url) as heard:
        assert await heard.reached("cases", 0)
        for entry in lives.many(12):
            [position] = await lives.record(desk, [entry])
            began = time.monotonic()
            assert await heard.reached("cases", position)
            waits.append(time.monotonic() - began)
    # A few milliseconds on a machine at rest; any poll would show as far more.
    assert statistics.median(waits) < 0.05


async def test_nothing_is_missed_while_the_connection_is_asked_whether_it_hears(
    database_url, owner, monkeypatch
):
    monkeypatch.setattr(moves, "HEARTBEAT", 0.002)
    async with listening(database_url) as heard:

        async def hears() -> bool:
            await tell(owner, f"{ANOTHER} 0")
            return bool(await heard.reached("another", 0, patience=0.05))

        await comes_true_there(hears)
        for position in range(1, 301):
            await tell(owner, f"{ANOTHER} {position}")
            assert await heard.reached("another", position)


async def test_who_waits_while_the_connection_is_lost_is_told_all_the_same(
    database_url, desk, owner, monkeypatch
):
    monkeypatch.setattr(moves, "RETRY", 0.05)
    [*_, last] = await lives.record(desk, lives.many(2))
    async with listening(database_url) as heard:
        async with running(database_url):
            assert await heard.reached("cases", last)
        [beyond] = await lives.record(desk, lives.many(1)[:1])
        waiting = asyncio.create_task(heard.reached("cases", beyond, patience=10))
        await owner.execute(LOSE)
        async with running(database_url):
            assert await waiting


async def test_a_lost_connection_is_opened_again_and_looks_where_views_are(
    database_url, desk, owner, monkeypatch
):
    monkeypatch.setattr(moves, "RETRY", 0.05)
    async with running(database_url), listening(database_url) as heard:
        await heard.reached("cases", 0)
        await owner.execute(LOSE)
        [*_, last] = await lives.record(desk, lives.many(2))
        assert await heard.reached("cases", last)
