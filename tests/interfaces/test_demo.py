"""`demo --check` says the truth, and the made-up year is there when one comes back."""

import asyncio
import json
import os
import signal
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import psycopg
import pytest

from interfaces import database
from interfaces.cli.demo import check_all
from interfaces.cli.office import at_the_office
from interfaces.demo.api import Api
from interfaces.demo.cast import employ
from interfaces.demo.own_server import own_server, own_settings
from interfaces.demo.requests import REQUESTS
from interfaces.demo.year import absence, label
from interfaces.demo.year.label import Label
from interfaces.demo.year.plan import plan
from interfaces.demo.year.seeding import seed_year
from interfaces.settings import Settings
from interfaces.trouble import OperatorError
from tests.projections.lives import LIVES, entries, record
from tests.served import CHECKOUT, DISPOSISI, run

UNTIL = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
def data() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="disposisi demo ") as path:
        yield Path(path) / "data"


@pytest.mark.slow
def test_sixteen_of_sixteen_requests_come_out_as_expected(data):
    checked = run("demo", "--check", "--json", data=data)
    report = json.loads(checked.stdout)
    failed = [each for each in report["requests"] if not _holds(each)]
    assert not failed
    assert (report["held"], report["of"]) == (16, 16)
    assert checked.returncode == 0, checked.stderr
    assert not data.exists(), "its folder is its own, and gone"


def _holds(result: dict[str, Any]) -> bool:
    return result["trouble"] is None and all(f["holds"] for f in result["findings"])


@pytest.mark.slow
def test_a_wrong_expectation_is_found_and_leaves_with_one(data, capsys, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(CHECKOUT))
    first = REQUESTS[0]
    wrong = msgspec.structs.replace(
        first, expected={**first.expected, "delivered": "2026-02-10 09:16"}
    )
    settings = Settings(data=str(data))
    assert check_all(settings, [wrong, REQUESTS[1]]) == 1
    told = capsys.readouterr().out
    assert "BEDA / DIFFERS  delivered: 2026-02-10 09:17" in told
    assert told.rstrip().endswith("1 dari 2 sesuai / 1 of 2 as expected")


def test_the_requests_are_those_that_were_asked_for():
    assert [each.number for each in REQUESTS] == [
        1, 2, 3, 4, 5, 6, 8, 10, 11, 13, 16, 17, 18, 20, 21, 23,
    ]  # fmt: skip


def test_the_same_seed_gives_the_same_year():
    year = plan(7, 200, UNTIL)
    assert year == plan(7, 200, UNTIL)
    assert year != plan(8, 200, UNTIL)
    assert [each.at for each in year] == sorted(each.at for each in year)
    assert {each.house.code for each in year} == {"biro-organisasi", "bppd"}
    assert len({each.channel for each in year}) == 3


UNUSUAL = {
    "clock-paused",
    "clock-resumed",
    "collected",
    "complaint-closed",
    "completion-received",
    "converted-to-written",
    "deadline-extended",
    "dispute-noted",
    "fact-corrected",
    "lapsed",
    "objection-decided",
    "objection-filed",
    "pickup-missed",
    "reopened",
    "transferred",
    "withdrawn",
}
"""What happens now and then; a year without one of them shows less than there is."""


@pytest.mark.slow
def test_the_year_shows_all_that_can_befall_a_request(data, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(CHECKOUT))
    own = own_settings(Settings(data=str(data)), data)

    async def begin(connection):
        tokens = await employ(connection)
        await absence.enter(connection, UNTIL)
        return tokens

    with own_server(own) as server:
        api = Api(server.address, at_the_office(own, begin))
        assert list(seed_year(api, 14, 500, UNTIL))[-1] == 500
        api.close()
    with database.opened(own) as url, psycopg.connect(url) as connection:
        told = connection.execute(
            "select topic, convert_from(state, 'utf8')::json from register"
        ).fetchall()
    seen = Counter(topic for topic, _ in told)
    assert seen.keys() >= UNUSUAL
    assert max(seen[tag] for tag in UNUSUAL - {"collected", "complaint-closed"}) < 50
    capacities = {event.get("capacity") for _, event in told}
    assert "daily_acting" in capacities
    units = {event.get("unit") for tag, event in told if tag == "disposed"}
    assert {absence.OLD_UNIT, absence.NEW_UNIT} <= units
    rulings = {event.get("decision") for _, event in told} - {None}
    assert rulings == {"grant", "uphold"}
    assert seen["objection-filed"] > seen["objection-decided"], "one kept silent"
    passed_on = {event.get("to_agency") for tag, event in told if tag == "transferred"}
    assert passed_on == {"biro-organisasi", "bppd", None}


@pytest.mark.slow
def test_the_year_is_entered_once_and_served_again(data):
    with shown(data, "--cases", "12") as (process, lines):
        assert "12/12 kasus / cases" in lines
        assert lines[-1].startswith("ready http://")
        folder = data.with_name("data-demo")
        assert label.read(folder) == Label(seed=14, cases=12, whole=True)
        life = run("replay", "BPPD-2026-00001", "--json", data=folder)
        assert life.returncode == 0, life.stderr
        process.send_signal(signal.SIGINT)
        assert process.wait(40) == 0
    with shown(data) as (process, lines):
        assert not any("kasus" in line for line in lines)
        process.send_signal(signal.SIGTERM)
        assert process.wait(40) == 0


def test_no_invented_case_is_entered_beside_real_ones(database_url, tmp_path):
    async def look() -> None:
        async with await psycopg.AsyncConnection.connect(database_url) as connection:
            await label.must_be_empty(connection, tmp_path)
            await record(connection, entries(LIVES[0], "BO-2026-00001"))
            with pytest.raises(OperatorError):
                await label.must_be_empty(connection, tmp_path)

    asyncio.run(look())


@contextmanager
def shown(
    data: Path, *options: str
) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """A running `demo`, with what it printed until it was ready."""
    ours = dict(os.environ)  # noqa: TID251 - of a child process
    ours |= {"PYTHONPATH": str(CHECKOUT), "DISPOSISI_DATA": str(data)}
    with subprocess.Popen(
        [*DISPOSISI, "demo", "--port", "0", *options],
        env=ours,
        stdout=subprocess.PIPE,
        text=True,
        cwd="/",
    ) as process:
        try:
            lines: list[str] = []
            assert process.stdout is not None
            for line in process.stdout:
                lines.append(line.strip())
                if line.startswith("ready"):
                    break
            yield process, lines
        finally:
            if process.poll() is None:
                process.kill()
