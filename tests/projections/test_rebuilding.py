"""A view is made anew beside the one that serves, and nobody who reads notices."""

import asyncio
from itertools import islice
from uuid import UUID, uuid4

import psycopg
import pytest
from typing_extensions import override

from projections import comparing, copies, parking, rebuilding, switching, view_marks
from projections.cases import CasesView
from projections.copies import Copy
from projections.filling import Filling, Progress, StoppedError
from projections.rebuilds import UnderWayError
from projections.view_marks import positions
from projections.views import VIEWS
from tests.load.past import past
from tests.projections import histories, lives, test_breaches, test_data_requests
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

CASES = CasesView()


class Interruption:
    """Stops a filling after so many pages."""

    def __init__(self, pages) -> None:
        self.stop = asyncio.Event()
        self._pages = pages
        self.seen: list[Progress] = []

    def tell(self, progress):
        # Where it goes on is told before the first page.
        if progress.step == "histories":
            self.seen.append(progress)
        if len(self.seen) > self._pages:
            self.stop.set()


async def test_filling_and_following_make_the_same_rows_of_every_view(
    database_url, desk, owner, tmp_path
):
    async with running(database_url, page_size=97):
        await caught_up(desk)
        await asyncio.to_thread(past, database_url, 1500, tmp_path)
        for whole in (test_data_requests.WHOLE, test_breaches.WHOLE):
            await lives.record(desk, histories.entries(uuid4(), whole))
        await caught_up(desk)
    followed = await contents(owner)

    done = await rebuilding.rebuild(database_url, VIEWS, page_size=61)

    assert agree(done)
    assert [one.view for one in done] == [view.name for view in VIEWS]
    assert all(one.difference and one.difference.rows for one in done)
    assert await contents(owner) == followed
    assert await parked(owner) == []


async def test_a_filling_goes_on_where_it_was_interrupted(database_url, desk, owner):
    made = lives.many(12)
    await lives.record(desk, made)
    await projected(database_url, desk)
    before = await contents(owner)
    folded = []
    for _ in range(100):
        interruption = Interruption(pages=1)
        try:
            done = await rebuilding.rebuild(
                database_url,
                VIEWS,
                page_size=7,
                told=interruption.tell,
                stop=interruption.stop,
            )
        except StoppedError:
            assert await contents(owner) == before
            folded.append(interruption.seen[1].done)
        else:
            break

    lines = len(made)
    assert folded == [*range(7, lines, 7), lines][: len(folded)]
    assert lines - folded[-1] <= 7
    assert agree(done)
    assert await contents(owner) == before


async def test_a_filling_that_was_killed_within_a_page_goes_on(
    database_url, desk, owner
):
    await lives.record(desk, lives.many(12))
    await projected(database_url, desk)
    before = await contents(owner)
    for _ in range(5):
        interruption = Interruption(pages=1)
        filling = asyncio.create_task(
            rebuilding.rebuild(database_url, VIEWS, page_size=7, told=interruption.tell)
        )
        await interruption.stop.wait()
        await owner.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where application_name = 'rebuild' and datname = current_database()"
        )
        [end] = await asyncio.gather(filling, return_exceptions=True)
        assert isinstance(end, psycopg.OperationalError)

    done = await rebuilding.rebuild(database_url, VIEWS, page_size=7, patience=5)

    assert agree(done)
    assert await contents(owner) == before


QUERIES = (
    "select count(*), min(version) from cases",
    "select registration_number from cases where case_id = %s",
    "select count(*) from trail",
)


async def test_no_read_fails_or_finds_nothing_while_copies_are_switched(
    database_url, desk, owner
):
    made = lives.many(40)
    await lives.record(desk, made)
    case = made[0].stream
    done = asyncio.Event()
    read = 0

    async def read_all():
        nonlocal read
        async with await psycopg.AsyncConnection.connect(
            database_url, autocommit=True, prepare_threshold=0
        ) as connection:
            await copies.look_in(connection, map(Copy.serving, VIEWS))
            await connection.execute("set role disposisi_desk")
            while not done.is_set():
                for query in QUERIES:
                    cursor = await connection.execute(query, (case,) * ("%" in query))
                    [row] = await cursor.fetchall()
                    assert row[0]
                    read += 1

    async def record_more():
        for entry in lives.many(200, "BO"):
            await lives.record(desk, [entry])
            await asyncio.sleep(0)
            if done.is_set():
                return

    async with running(database_url):
        await caught_up(desk)
        async with asyncio.TaskGroup() as group:
            for _ in range(3):
                group.create_task(read_all())
            group.create_task(record_more())
            for _ in range(4):
                assert agree(await rebuilding.rebuild(database_url, VIEWS, patience=5))
            done.set()
        await caught_up(desk)

    assert read > 100
    assert agree(await rebuilding.rebuild(database_url, VIEWS))


async def test_who_asks_twice_in_one_transaction_is_waited_for(database_url, desk):
    await lives.record(desk, lives.many(6))
    await projected(database_url, desk)
    switching = asyncio.Event()

    def tell(progress):
        if progress.step == "switching":
            switching.set()

    async with desk.transaction():
        await desk.execute("set transaction isolation level repeatable read")
        await copies.hold(desk)
        await desk.execute("select count(*) from trail")
        rebuilt = asyncio.create_task(
            rebuilding.rebuild(database_url, VIEWS, told=tell, is_compared=False)
        )
        await switching.wait()
        cursor = await desk.execute("select count(*) from cases")
        assert await cursor.fetchall() == [(6,)]
        assert not rebuilt.done()

    assert len(await rebuilt) == len(VIEWS)


async def test_what_differs_is_counted_and_named_and_the_new_copy_serves(
    database_url, desk, owner
):
    await lives.record(desk, lives.many(12))
    await projected(database_url, desk)
    right = await rows(desk)
    spoiled, strayed = (row[0] for row in right[3:5])
    odd = UUID(int=1)
    await owner.execute("set search_path to cases_v6, public")
    await owner.execute(
        "update cases set assignee = 'nobody' where case_id = %s", (spoiled,)
    )
    await owner.execute(
        "update cases set case_id = %s where case_id = %s", (odd, strayed)
    )

    [done] = await rebuilding.rebuild(database_url, [CASES])

    found = done.difference
    assert found is not None
    assert (found.differing, found.extra, found.missing) == (1, 1, 1)
    assert set(found.keys) == {str(spoiled), str(strayed), str(odd)}
    assert await rows(desk) == right


async def test_what_a_copy_cannot_take_is_still_parked_when_it_serves(
    database_url, desk
):
    await lives.record(desk, lives.many(6))
    choosy = Choosy("LaporReviewed")
    await projected(database_url, desk, views=[choosy])
    before = await parked(desk)
    await desk.execute("delete from parked where error = 'BehindParked'")

    [done] = await rebuilding.rebuild(database_url, [choosy])

    assert agree([done])
    assert await parked(desk) == before
    assert await parking.parked(desk, [Copy.beside(choosy)]) == []


async def test_what_was_parked_is_tried_again_on_demand(database_url, desk, owner):
    await lives.record(desk, lives.many(6))
    await projected(database_url, desk, views=[Choosy("Disposed", "LaporReviewed")])
    told = await parking.parked(desk, [Copy.serving(CASES)])
    assert {one.view for one in told} == {"cases"}

    serving = [Copy.serving(Choosy("LaporReviewed"))]
    assert await parking.retry(owner, serving) == len(told)
    left = await parking.parked(desk, serving)
    assert {one.type for one in left if one.error == "KeyError"} == {"lapor-reviewed"}

    assert await parking.retry(owner, [Copy.serving(CASES)]) == len(left)
    assert await parking.parked(desk, serving) == []
    assert agree(await rebuilding.rebuild(database_url, [CASES]))


async def test_of_two_rebuilds_at_once_the_second_is_refused(database_url, desk):
    await lives.record(desk, lives.many(6))
    await projected(database_url, desk)
    begun = asyncio.Event()
    first = asyncio.create_task(
        rebuilding.rebuild(database_url, VIEWS, page_size=1, told=lambda _: begun.set())
    )
    await begun.wait()

    with pytest.raises(UnderWayError):
        await rebuilding.rebuild(database_url, [CASES])

    assert agree(await first)


async def test_a_copy_made_without_the_projector_stands_where_the_old_one_stood(
    database_url, desk, owner
):
    await lives.record(desk, lives.many(6))
    await projected(database_url, desk)
    at = await positions(desk)
    await lives.record(desk, lives.many(6, "BO"))

    assert agree(await rebuilding.rebuild(database_url, VIEWS))

    assert await positions(desk) == at
    await projected(database_url, desk)
    assert len(await rows(desk)) == 12
    assert await schemas(owner) == sorted(Copy.serving(view).schema for view in VIEWS)


async def test_tables_whose_mark_is_gone_are_made_anew_at_the_next_start(
    database_url, desk, owner
):
    await lives.record(desk, lives.many(6))
    await projected(database_url, desk)
    before = await contents(owner)
    await view_marks.forget(owner, Copy.serving(CASES))

    await projected(database_url, desk)

    assert await contents(owner) == before


class Slow(CasesView):
    """A view that reads slowly."""

    @override
    async def open(self, connection, entries):
        await asyncio.sleep(0.02)
        return await super().open(connection, entries)


async def test_what_is_recorded_meanwhile_is_in_the_new_copy(database_url, desk):
    await lives.record(desk, lives.many(6))
    async with running(database_url, views=[CASES]):
        await caught_up(desk, [CASES])
        rebuilt = asyncio.create_task(
            rebuilding.rebuild(database_url, [Slow()], page_size=5)
        )
        for entry in lives.many(12, "BO"):
            await lives.record(desk, [entry])
        assert agree(await rebuilt)
        await caught_up(desk, [CASES])

    assert len(await rows(desk, [CASES])) == 18


BACKLOG = """
select count(*)
  from register, views, rebuilds
 where notification_id > rebuilds.position
   and notification_id <= views.position
"""


async def test_while_everybody_is_halted_there_is_less_than_a_page_to_fold(
    database_url, desk, monkeypatch
):
    await lives.record(desk, lives.many(6))
    page_size = 5
    backlogs = []

    async def halt(connection):
        cursor = await connection.execute(BACKLOG)
        backlogs.extend(await cursor.fetchall())

    async def compare(_old, _new, _copy):
        await lives.record(desk, lives.many(4, "BO"))
        await caught_up(desk, [CASES])
        return comparing.Difference()

    async with running(database_url, views=[CASES]):
        await caught_up(desk, [CASES])
        monkeypatch.setattr(view_marks, "halt", halt)
        monkeypatch.setattr(comparing, "compare", compare)
        await rebuilding.rebuild(database_url, [CASES], page_size=page_size)

    assert len(backlogs) == 2
    assert all(backlog < page_size for (backlog,) in backlogs)


def test_each_attempt_to_halt_is_followed_by_a_longer_pause_up_to_a_limit():
    assert [*islice(switching.pauses(), 7)] == [1, 2, 4, 8, 16, 16, 16]


async def test_who_is_told_to_stop_does_not_rest_until_the_next_attempt(
    database_url, desk, monkeypatch
):
    monkeypatch.setattr(switching, "FIRST_PAUSE", 3600)
    await lives.record(desk, lives.many(2))
    await projected(database_url, desk)
    stop, resting = asyncio.Event(), asyncio.Event()
    rest = Filling.rest

    async def resting_(filling, seconds):
        resting.set()
        await rest(filling, seconds)

    monkeypatch.setattr(Filling, "rest", resting_)
    async with desk.transaction():
        await copies.hold(desk)
        rebuilt = asyncio.create_task(
            rebuilding.rebuild(database_url, [CASES], stop=stop)
        )
        await resting.wait()
        stop.set()
        with pytest.raises(StoppedError):
            await asyncio.wait_for(rebuilt, 5)
