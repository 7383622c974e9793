"""Health tells what is missing, and how far the views are behind; open to everyone."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest

from projections import lag
from projections.views import SERVING, VIEWS
from tests.awaiting import comes_true_outside, comes_true_there
from tests.conftest import Connection
from tests.interfaces.http import forms
from tests.open_counter import OpenCounter, open_counter
from tests.projections import lives
from tests.projections.projecting import caught_up, projected, running

NAMES = sorted(view.name for view in VIEWS)


@pytest.fixture
def database_url(url_without_views: str) -> str:
    """No projector has come to these counters yet."""
    return url_without_views


@pytest.fixture
def counter(database_url: str, tmp_path: Path) -> Iterator[OpenCounter]:
    """A counter of the test's own, without a projector."""
    with open_counter(database_url, tmp_path) as opened:
        yield opened


@contextmanager
def views_made(url: str) -> Iterator[psycopg.Connection]:
    """Let a projector make the views and stop; yields its owner's connection."""

    async def make() -> None:
        async with await psycopg.AsyncConnection.connect(
            url, autocommit=True
        ) as connection:
            await projected(url, connection)

    asyncio.run(make())
    with psycopg.connect(url, autocommit=True) as owner:
        yield owner


def ready(counter: OpenCounter) -> httpx.Response:
    return counter.stranger.get("/health/ready")


def test_a_counter_without_its_views_is_not_ready_and_puts_lists_off(counter):
    answer = ready(counter)
    assert answer.status_code == 503
    assert answer.json() == {"status": "views", "projector": "starting"}

    put_off = counter["bo-kepala"].get("/v1/cases")
    assert put_off.status_code == 503
    assert put_off.json()["code"] == "overloaded"
    assert int(put_off.headers["retry-after"]) > 0
    assert counter.stranger.get("/health/live").json() == {"status": "ok"}
    taken_in = counter["bo-agendaris"].post("/v1/cases", forms.letter())
    assert taken_in.status_code == 201, "commands need no view"


def test_views_that_hold_everything_are_told_so(counter, database_url):
    with views_made(database_url):
        answer = ready(counter)
    assert answer.status_code == 200
    body = answer.json()
    assert (body["status"], body["projector"]) == ("ok", "ok")
    assert [view["name"] for view in body["views"]] == NAMES
    for view in body["views"]:
        assert (view["position"], view["lag"], view["lag_seconds"]) == (0, 0, 0)
        assert view["parked"] == 0
        assert 0 <= view["looked_seconds_ago"] < lag.SILENT


def test_while_views_lag_it_is_ready_and_tells_by_how_much(counter, database_url):
    with views_made(database_url):
        for _ in range(3):
            counter["bo-agendaris"].post("/v1/cases", forms.letter())

        def told_behind() -> bool:
            return str(ready(counter).json()["projector"]) == "behind"

        comes_true_outside(told_behind)
        answer = ready(counter)
    assert answer.status_code == 200
    for view in answer.json()["views"]:
        assert view["lag"] == 3
        assert lag.BEHIND < view["lag_seconds"] < 60


def test_a_projector_that_has_not_looked_for_long_is_silent(counter, database_url):
    with views_made(database_url) as owner:
        owner.execute(
            "update views set looked_at = clock_timestamp() - %s * interval '1 s'",
            (lag.SILENT + 1,),
        )
        answer = ready(counter)
    assert answer.status_code == 200
    assert answer.json()["projector"] == "silent"
    for view in answer.json()["views"]:
        assert lag.SILENT < view["looked_seconds_ago"] < lag.SILENT + 30


def test_while_copies_are_filled_a_projector_that_does_not_look_is_not_silent(
    counter, database_url
):
    with views_made(database_url) as owner:
        owner.execute(
            "update views set looked_at = clock_timestamp() - %s * interval '1 s'",
            (lag.SILENT + 1,),
        )
        turn = "advisory_lock(x'64697370'::integer, 3)"
        owner.execute(f"select pg_{turn}")
        assert ready(counter).json()["projector"] == "filling"
        assert ready(counter).status_code == 200
        owner.execute(f"select pg_{turn.replace('lock', 'unlock', 1)}")
        assert ready(counter).json()["projector"] == "silent"


def test_a_notary_that_does_not_sign_is_told_in_both_languages(counter, database_url):
    with views_made(database_url) as owner:
        assert ready(counter).json()["notary"]["unsigned"] is None
        owner.execute("update log_state set unsigned_since = clock_timestamp()")
        answer = ready(counter)
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    told = answer.json()["notary"]["unsigned"]
    assert {*told} == {"since", "detail", "detail_id"}
    assert told["detail"] != told["detail_id"]


async def test_holes_between_positions_are_not_counted_as_lines(database_url, desk):
    await projected(database_url, desk)
    [first] = await lives.record(desk, lives.many(1)[:1])
    await skip(desk)
    [*_, last] = await lives.record(desk, lives.many(1))
    behind = await lag.of_views(desk, SERVING)
    cursor = await desk.execute("select count(*) from register")
    [[lines]] = await cursor.fetchall()
    assert last - first > lines
    assert {view.events for view in behind} == {lines}
    assert {view.head for view in behind} == {last}


async def test_many_lines_ahead_are_told_by_their_positions(database_url, desk):
    await projected(database_url, desk)
    await skip(desk, 1000)
    [*_, last] = await lives.record(desk, lives.many(1))
    assert {view.events for view in await lag.of_views(desk, SERVING)} == {last}


async def skip(desk: Connection, positions: int = 7) -> None:
    """Leave a hole, as refused appends do."""
    async with await psycopg.AsyncConnection.connect(
        desk.info.dsn, password=desk.info.password, autocommit=True
    ) as owner:
        await owner.execute(
            "select nextval(pg_get_serial_sequence('register', 'notification_id'))"
            " from generate_series(1, %s)",
            (positions,),
        )


async def test_a_projector_at_work_has_looked_just_now(database_url, desk, owner):
    async with running(database_url):
        await caught_up(desk)
        await owner.execute(
            "update views set looked_at = clock_timestamp() - interval '1 hour'"
        )

        async def looked() -> bool:
            return lag.pulse(await lag.of_views(desk, SERVING), SERVING) == "ok"

        await comes_true_there(looked)
