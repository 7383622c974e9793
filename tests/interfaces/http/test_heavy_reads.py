"""However many reports and exports are wanted at once, officials see their cases."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import httpx
import psycopg
import pytest
from psycopg import sql

from interfaces import wiring
from interfaces.http import heavy_reads
from projections.complaints import ComplaintsView
from projections.copies import Copy
from tests.awaiting import comes_true_outside
from tests.interfaces.http import life
from tests.open_counter import OpenCounter, open_counter
from tests.staff import BPPD

pytestmark = pytest.mark.usefixtures("projecting")

WANTED = 12
"""Reports at once; more than a worker has connections."""
REPORT = "/v1/reports/compliance"
YEAR: dict[str, str | int] = {"from": "2026-01-01", "to": "2026-12-31"}
BOOK = "/v1/registers/complaints"
Asking: TypeAlias = list[Future[httpx.Response]]


@pytest.fixture
def locked(
    counter: OpenCounter, monkeypatch: pytest.MonkeyPatch
) -> Iterator[psycopg.Connection[tuple[int]]]:
    """Nobody can read complaints, whose figures a report needs, until rolled back."""
    monkeypatch.setattr(heavy_reads, "PATIENCE", 1.0)
    position = life.letter(counter, BPPD).answer["position"]
    counter["bppd-kepala"].get(REPORT, **YEAR, after_position=position)
    table = sql.Identifier(Copy.serving(ComplaintsView()).schema, "complaints")
    with psycopg.connect(counter.database_url) as connection:
        lock = sql.SQL("lock table {} in access exclusive mode").format(table)
        connection.execute(lock)
        yield connection
        connection.rollback()


@contextmanager
def asked_at_once(
    counter: OpenCounter, path: str, **query: str | int
) -> Iterator[Asking]:
    """So many ask, each on a connection of his own."""
    with ThreadPoolExecutor(WANTED) as callers:
        caller = counter["pengawas"]
        yield [callers.submit(caller.get, path, **query) for _ in range(WANTED)]


def waiting(locked: psycopg.Connection[tuple[int]]) -> int:
    """Statements of the web worker that wait for the lock."""
    with psycopg.connect(locked.info.dsn, password=locked.info.password) as other:
        found = other.execute(
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
            " and application_name = 'disposisi-web' and datname = current_database()"
        ).fetchone()
    assert found is not None
    return int(found[0])


@pytest.mark.parametrize(
    ("path", "form", "query"),
    [
        (REPORT, "json", {}),
        (f"{REPORT}/cases", "json", {"figure": "complaints"}),
        (f"{REPORT}/cases", "csv", {"figure": "complaints"}),
        (BOOK, "csv", {}),
    ],
)
def test_a_list_is_given_at_once_while_reports_take_their_turns(
    counter: OpenCounter,
    locked: psycopg.Connection[tuple[int]],
    path: str,
    form: str,
    query: dict[str, str | int],
):
    with asked_at_once(counter, path, **YEAR, **query, format=form) as asking:
        comes_true_outside(lambda: waiting(locked) == heavy_reads.AT_ONCE)
        for _ in range(3):
            shown = counter["bppd-kepala"].get("/v1/cases", limit=5)
            assert shown.status_code == 200, shown.text
            assert shown.elapsed.total_seconds() < 1
        put_off = WANTED - heavy_reads.AT_ONCE
        comes_true_outside(lambda: ended(asking) == put_off)
        assert waiting(locked) == heavy_reads.AT_ONCE
        locked.rollback()
    answers = [one.result() for one in asking]
    told = sorted(answer.status_code for answer in answers)
    assert told == [200] * heavy_reads.AT_ONCE + [503] * put_off
    for answer in answers:
        if answer.status_code != 200:
            assert answer.json()["code"] == "overloaded"
            assert int(answer.headers["retry-after"]) > 0


def ended(asking: Asking) -> int:
    return sum(one.done() for one in asking)


def test_what_takes_too_long_is_given_up_and_put_off(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(wiring, "LONGEST_READ", "100ms")
    table = sql.Identifier(Copy.serving(ComplaintsView()).schema, "complaints")
    lock = sql.SQL("lock table {} in access exclusive mode").format(table)
    with (
        open_counter(database_url, tmp_path) as counter,
        psycopg.connect(database_url) as other,
    ):
        caller = counter["bppd-pengaduan"]
        assert caller.get("/v1/complaints").status_code == 200
        other.execute(lock)
        refused = caller.get("/v1/complaints")
        other.rollback()
        assert (refused.status_code, refused.json()["code"]) == (503, "overloaded")
        assert refused.headers["retry-after"]
        assert caller.get("/v1/complaints").status_code == 200
