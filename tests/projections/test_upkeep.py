"""A release that starts finds the views it reads, or fills them before it follows."""

import asyncio

import psycopg
from structlog.testing import capture_logs

from projections import copies, rebuilding, switching, upkeep, view_marks
from projections.cases import CasesView
from projections.copies import Copy
from projections.views import VIEWS
from tests.awaiting import comes_true
from tests.projections import lives
from tests.projections.projecting import (
    agree,
    caught_up,
    contents,
    parked,
    projected,
    rows,
    running,
    schemas,
)
from tests.projections.test_projector import Choosy


class NewCases(CasesView):
    """The same view of a later release."""

    version = CasesView.version + 1


async def test_a_new_release_fills_its_views_from_what_stands_in_the_register(
    database_url, desk, owner
):
    await lives.record(desk, lives.many(6))
    await projected(database_url, desk)
    old = await rows(desk)

    await projected(database_url, desk, views=[NewCases()])

    assert await rows(desk, [NewCases()]) == old


async def test_what_was_parked_gets_another_try_with_better_code(database_url, desk):
    await lives.record(desk, lives.many(6))
    await projected(database_url, desk, views=[Choosy("Disposed")])
    assert await parked(desk)

    await projected(database_url, desk, views=[NewCases()])

    assert len(await rows(desk, [NewCases()])) == 6
    assert await parked(desk) == []


async def test_older_tables_go_only_when_the_new_ones_serve(database_url, desk, owner):
    await lives.record(desk, lives.many(6))
    await projected(database_url, desk)
    new = NewCases()
    stop = asyncio.Event()
    stop.set()
    await upkeep.prepare(database_url, owner, [new], stop)
    assert await schemas(owner) == sorted(
        [*(Copy.serving(view).schema for view in VIEWS), Copy.beside(new).schema]
    )

    await upkeep.prepare(database_url, owner, [new], asyncio.Event())

    assert await schemas(owner) == sorted(
        Copy.serving(view).schema for view in (*VIEWS[1:], new)
    )
    assert Copy.serving(CasesView()).schema not in await view_marks.positions(owner)


async def test_a_view_that_lags_behind_is_brought_to_the_others(
    database_url, desk, owner
):
    await lives.record(desk, lives.many(3))
    await projected(database_url, desk, views=VIEWS[:1])
    await lives.record(desk, lives.many(3, "BO"))
    await projected(database_url, desk, views=VIEWS[1:])
    assert len(set((await view_marks.positions(desk)).values())) > 1

    await projected(database_url, desk)

    assert len(set((await view_marks.positions(desk)).values())) == 1
    done = await rebuilding.rebuild(database_url, VIEWS)
    assert agree(done)


async def test_a_projector_whose_views_stand_apart_brings_them_together(
    database_url, desk, owner
):
    await lives.record(desk, lives.many(3))
    async with running(database_url):
        await caught_up(desk)
        # Another copy is switched in that is further than the projector has come.
        async with owner.transaction():
            await view_marks.halt(owner)
            [*_, last] = await lives.record(desk, lives.many(3, "BO"))
            await view_marks.keep(owner, Copy.serving(CasesView()), last)
        await caught_up(desk)

    assert set((await view_marks.positions(desk)).values()) == {last}


async def test_of_many_that_start_together_all_end_up_with_the_same_views(
    database_url, desk, owner, monkeypatch
):
    monkeypatch.setattr("projections.projector.STANDBY", 0.05)
    await lives.record(desk, lives.many(12))
    async with asyncio.TaskGroup() as group:
        stop = asyncio.Event()
        for _ in range(4):
            group.create_task(_project(database_url, stop))
        await caught_up(desk)
        stop.set()

    whole = await contents(owner)
    done = await rebuilding.rebuild(database_url, VIEWS, patience=5)
    assert agree(done)
    assert await contents(owner) == whole


async def _project(url, stop):
    async with running(url):
        await stop.wait()


async def test_an_empty_register_is_ready_at_once(database_url, owner):
    began = asyncio.get_running_loop().time()
    await upkeep.prepare(database_url, owner, VIEWS, asyncio.Event())

    assert asyncio.get_running_loop().time() - began < 5
    found = await view_marks.positions(owner)
    assert found == {Copy.serving(view).schema: 0 for view in VIEWS}


async def test_a_web_worker_is_told_when_its_views_are_there(database_url, desk):
    await lives.record(desk, lives.many(2))
    async with await psycopg.AsyncConnection.connect(
        database_url, autocommit=True
    ) as hearing:
        await hearing.execute("listen view_moved")
        await projected(database_url, desk)
        heard = [notice.payload async for notice in hearing.notifies(timeout=0)]

    assert {notice.split()[0] for notice in heard} == {
        Copy.serving(view).schema for view in VIEWS
    }


async def test_tables_that_are_still_read_keep_their_mark_and_are_not_retired(
    database_url, desk, owner, monkeypatch
):
    monkeypatch.setattr(switching, "_BE_PATIENT", "set local lock_timeout = '50ms'")
    await lives.record(desk, lives.many(2))
    await projected(database_url, desk)
    old = Copy.serving(CasesView())
    await copies.look_in(desk, [old])

    with capture_logs() as logs:
        async with desk.transaction():
            await desk.execute("select count(*) from cases")
            await projected(database_url, owner, views=[NewCases()])
            assert old.schema in await view_marks.positions(desk)
        assert "view_retired" not in {log["event"] for log in logs}
        await projected(database_url, desk, views=[NewCases()])

    assert "view_retired" in {log["event"] for log in logs}
    assert old.schema not in await view_marks.positions(desk)
    assert old.schema not in await schemas(owner)


async def test_a_retired_copy_and_its_mark_go_in_one_moment(
    database_url, desk, owner, monkeypatch
):
    await lives.record(desk, lives.many(2))
    await projected(database_url, desk)
    seen = []

    def spied(real):
        async def spy(connection, copy):
            # As somebody else sees it before either is gone: both are there.
            if copy.schema == Copy.serving(CasesView()).schema:
                found = await view_marks.positions(desk)
                seen.append((copy.schema in found, await copies.exists(desk, copy)))
            await real(connection, copy)

        return spy

    monkeypatch.setattr(copies, "drop", spied(copies.drop))
    monkeypatch.setattr(view_marks, "forget", spied(view_marks.forget))
    await projected(database_url, owner, views=[NewCases()])

    assert seen == [(True, True)] * 2


async def test_the_projector_of_an_older_release_stands_by_when_its_views_are_retired(
    database_url, desk, owner, monkeypatch
):
    monkeypatch.setattr("projections.projector.STANDBY", 0.05)
    await lives.record(desk, lives.many(3))
    new = [NewCases()]
    with capture_logs() as logs:
        async with running(database_url, views=[CasesView()]) as older:
            await caught_up(desk, [CasesView()])
            async with running(database_url, views=new):
                await caught_up(desk, new)
                await lives.record(desk, lives.many(3, "BO"))
                await caught_up(desk, new)
                await comes_true(
                    lambda: "later_release_serves" in {log["event"] for log in logs}
                )
                assert not older.done()

    assert Copy.serving(CasesView()).schema not in await schemas(owner)
    assert len(await rows(desk, new)) == 6


async def test_a_projector_whose_tables_are_dropped_under_its_hands_makes_them_anew(
    database_url, desk, owner, monkeypatch
):
    monkeypatch.setattr("projections.projector.STANDBY", 0.05)
    await lives.record(desk, lives.many(3))
    async with running(database_url, views=[CasesView()]):
        await caught_up(desk, [CasesView()])
        await copies.drop(owner, Copy.serving(CasesView()))
        await lives.record(desk, lives.many(3, "BO"))
        await caught_up(desk, [CasesView()])

    assert len(await rows(desk)) == 6


async def test_views_in_front_are_looked_after_while_others_are_brought_to_them(
    database_url, desk, owner
):
    await lives.record(desk, lives.many(3))
    await projected(database_url, desk)
    await lives.record(desk, lives.many(3, "BO"))
    await projected(database_url, desk, views=VIEWS[:1])
    await desk.execute(
        "update views set looked_at = clock_timestamp() - interval '1 h'"
    )

    await upkeep.prepare(database_url, owner, VIEWS, asyncio.Event())

    cursor = await desk.execute("select clock_timestamp() - min(looked_at) from views")
    [[age]] = await cursor.fetchall()
    assert age.total_seconds() < 60
