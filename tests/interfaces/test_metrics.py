"""Metrics answer whatever happens to parts and database, and tell how views lag."""

import asyncio
import os
import signal
import socket
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from prometheus_client.parser import text_string_to_metric_families

from interfaces.data_folder import DataFolder
from interfaces.metrics import asking
from interfaces.metrics.views_told import ViewsTold
from interfaces.metrics.watch import Watch
from projections.copies import Copy
from projections.views import VIEWS
from tests import house
from tests.awaiting import comes_true_outside
from tests.interfaces.http.test_database_away import allowed
from tests.interfaces.test_serving import part
from tests.projections import lives
from tests.served import Served, run, served

pytestmark = pytest.mark.skipif(
    not Path("/proc/self").exists(), reason="looks at processes in /proc"
)

VIEW = VIEWS[0].name
NAMES = {view.name for view in VIEWS}


@pytest.fixture
def data() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="disposisi metrics ") as path:
        yield Path(path)


class Scrape:
    """What one scrape told."""

    def __init__(self, data: Path) -> None:
        notice = DataFolder(data).notice()
        assert notice is not None
        assert notice.metrics is not None
        answer = httpx.get(notice.metrics, timeout=asking.PATIENCE + 3)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/plain")
        self.families = list(text_string_to_metric_families(answer.text))
        self.samples = [one for family in self.families for one in family.samples]

    def __call__(self, name: str, **labels: str) -> float:
        """The one number of that name and these labels."""
        [told] = [
            sample.value
            for sample in self.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        ]
        return told

    def of_every_view(self, name: str) -> set[float]:
        told = {
            sample.labels["view"]: sample.value
            for sample in self.samples
            if sample.name == name
        }
        assert told.keys() == NAMES
        return set(told.values())


class Running:
    """A service on a database of its own, for the tests of this file."""

    def __init__(self, service: Served, database: str) -> None:
        self.service = service
        self.database = database

    def scrape(self) -> Scrape:
        return Scrape(self.service.data)

    def tells(self, name: str, value: float, **labels: str) -> None:
        """Wait until that number is told."""
        comes_true_outside(lambda: self.scrape()(name, **labels) == value, 30)


@pytest.fixture(scope="module")
def running(server_url: str, template: str) -> Iterator[Running]:
    """One service for all; each test leaves it as it was."""
    with (
        tempfile.TemporaryDirectory(prefix="disposisi metrics ") as path,
        house.fresh(server_url, of=template) as url,
        served(Path(path), environ={"DATABASE_URL": url}) as service,
    ):
        yield Running(service, url)


def record(url: str, n: int) -> int:
    """Record so many lines; answers the last position."""

    async def some() -> int:
        async with await psycopg.AsyncConnection.connect(
            url, autocommit=True
        ) as connection:
            entries = lives.many(n)[:n]
            assert len(entries) == n
            return (await lives.record(connection, entries))[-1]

    return asyncio.run(some())


def test_all_is_told_with_its_meaning_and_nothing_of_anybody(running):
    scrape = running.scrape()
    assert scrape("disposisi_database_up") == 1
    for family in scrape.families:
        assert family.name.startswith(("disposisi_", "process_"))
        assert family.documentation
        for sample in family.samples:
            assert sample.labels.keys() <= {"view", "version", "part", "number"}
    assert scrape.of_every_view("disposisi_view_lag_events") == {0}
    assert scrape.of_every_view("disposisi_view_lag_seconds") == {0}
    assert scrape.of_every_view("disposisi_view_parked_entries") == {0}
    for name in ("serve", "web", "projector"):
        assert scrape("process_resident_memory_bytes", part=name) > 1_000_000
        assert scrape("process_cpu_seconds_total", part=name) > 0


def test_the_lag_of_a_stopped_projector_is_told_and_then_made_good(running):
    projector = part(running.service, "run projector")
    os.kill(projector, signal.SIGSTOP)
    try:
        head = record(running.database, 3)
        first = running.scrape()
        assert first("disposisi_register_position") == head
        assert first.of_every_view("disposisi_view_lag_events") == {3}
        assert min(first.of_every_view("disposisi_view_lag_seconds")) > 0
        second = running.scrape()
        for age in ("lag_seconds", "look_age_seconds", "progress_age_seconds"):
            name = f"disposisi_view_{age}"
            assert second(name, view=VIEW) > first(name, view=VIEW)
    finally:
        os.kill(projector, signal.SIGCONT)
    running.tells("disposisi_view_position", head, view=VIEW)
    caught_up = running.scrape()
    assert caught_up.of_every_view("disposisi_view_lag_events") == {0}
    assert caught_up.of_every_view("disposisi_view_lag_seconds") == {0}
    assert max(caught_up.of_every_view("disposisi_view_look_age_seconds")) < 5


def test_parked_entries_and_copies_being_filled_are_told(running):
    copy = Copy.serving(VIEWS[0])
    beside = Copy.beside(VIEWS[0])
    with psycopg.connect(running.database, autocommit=True) as owner:
        owner.execute(
            "insert into parked (schema, position, stream, version, tag, error)"
            " values (%s, 7, gen_random_uuid(), 1, 'disposed', 'KeyError')",
            (copy.schema,),
        )
        owner.execute(
            "insert into rebuilds (schema, name, version, upto, lines, folded)"
            " values (%s, %s, %s, 90, 80, 20)",
            (beside.schema, VIEW, VIEWS[0].version),
        )
        scrape = running.scrape()
        owner.execute("truncate parked, rebuilds")
    assert scrape("disposisi_view_parked_entries", view=VIEW) == 1
    assert scrape("disposisi_rebuild_lines", view=VIEW) == 80
    assert scrape("disposisi_rebuild_folded_lines", view=VIEW) == 20


def test_metrics_outlive_a_web_worker_and_count_the_one_that_takes_over(running):
    starts = running.scrape()("disposisi_part_starts_total", part="web")
    os.kill(part(running.service, "run web"), signal.SIGKILL)
    running.tells("disposisi_part_starts_total", starts + 1, part="web")
    running.tells("disposisi_part_up", 1, part="web")


def test_a_database_that_lets_nobody_in_is_told_as_down(running, server_url):
    name = psycopg.conninfo.conninfo_to_dict(running.database)["dbname"]
    allowed(server_url, str(name), to_connect=False)
    try:
        scrape = running.scrape()
        assert scrape("disposisi_database_up") == 0
        assert scrape("disposisi_part_up", part="projector") in {0, 1}
        assert not [one for one in scrape.samples if "view" in one.labels]
    finally:
        allowed(server_url, str(name), to_connect=True)
    running.tells("disposisi_database_up", 1)


async def test_a_database_that_says_nothing_is_not_waited_for(tmp_path, monkeypatch):
    monkeypatch.setattr(asking, "PATIENCE", 0.2)
    watch = Watch(DataFolder(tmp_path))
    told = ViewsTold(watch)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        watch.know(database=f"postgresql://127.0.0.1:{mute.getsockname()[1]}/any")
        began = time.monotonic()
        [up] = await asyncio.to_thread(lambda: list(told.collect()))
    assert time.monotonic() - began < 1
    assert [sample.value for sample in up.samples] == [0]


def test_a_port_that_is_taken_is_a_wrong_call(data):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        refused = run("serve", "--port", "0", "--metrics-port", port, data=data)
    assert refused.returncode == 2
    assert "--metrics-port" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_the_port_that_was_given_is_taken(data, database_url):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    given = {"DATABASE_URL": database_url}
    with served(data, "--metrics-port", str(port), environ=given) as service:
        assert httpx.get(f"http://127.0.0.1:{port}/metrics").status_code == 200
        assert service.stop() == 0
        assert service.process.stdout is not None
        assert service.process.stdout.read() == "", "only the ready line"
