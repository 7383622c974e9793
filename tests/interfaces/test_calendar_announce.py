"""`calendar announce` beside a running system: moved once, wherever it broke off."""

import asyncio
import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg
import pytest
from click.testing import CliRunner

from application import register
from application.office import jobs
from interfaces.cli import operator
from interfaces.cli.commands import disposisi
from interfaces.clock import now
from tests.application.past_in_the_register import entry
from tests.domain.offices import CLERK, OFFICES
from tests.domain.receipts import lettered
from tests.load import paperwork
from tests.served import CHECKOUT, DISPOSISI, environment, run
from tests.worker import worker

BPPD = OFFICES["bppd"].calendar
AT = now()
CASES = 3000


def free_day():
    """Give a working day within every term that starts now."""
    day = BPPD.date_of(AT) + timedelta(days=2)
    while not BPPD.is_working(day):
        day += timedelta(days=1)
    return day


def announcement(folder: Path, edition: str = "uji-1", more: str = "") -> Path:
    file = folder / f"{edition}.toml"
    file.write_text(
        f'edition = "{edition}"\n{more}[decrees]\nsk = "SK Gubernur 1"\n'
        f'[[days]]\ndate = {free_day()}\nname = "Hari berkabung"\n'
        'kind = "local"\ndecree = "sk"\n'
    )
    return file


async def receive(url: str, count: int) -> None:
    received = lettered(at=AT).event
    async with await psycopg.AsyncConnection.connect(url) as connection:
        entries = [entry(uuid4(), 1, received, CLERK, AT) for _ in range(count)]
        await register.append(connection.cursor(), entries)


def versions(url: str) -> dict[int, int]:
    """Count the histories by their last version."""
    with psycopg.connect(url) as connection:
        return dict(
            connection.execute(
                "select last, count(*) from (select max(originator_version) as last"
                " from register group by originator_id) as streams group by last"
            ).fetchall()
        )


def announce(
    file: Path, url: str, data: Path, *more: str
) -> subprocess.CompletedProcess[str]:
    return run(
        *("calendar", "announce", str(file), *more),
        data=data,
        environ={"DATABASE_URL": url},
    )


def test_the_command_says_what_moved(database_url, tmp_path):
    asyncio.run(receive(database_url, 3))
    file = announcement(tmp_path)

    done = announce(file, database_url, tmp_path, "--json")

    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said.pop("seconds") >= 0
    assert said == {"edition": "uji-1", "streams": 3, "moved": 3, "unreadable": 0}
    again = announce(file, database_url, tmp_path)
    assert again.returncode == 0
    assert again.stdout.splitlines()[-1].startswith("uji-1: 3 dari 3 berkas")
    assert versions(database_url) == {2: 3}


def test_its_entries_bear_the_operator_and_the_row_of_the_job(database_url, tmp_path):
    asyncio.run(receive(database_url, 2))
    env = {"DATABASE_URL": database_url, "DISPOSISI_DATA": str(tmp_path)}
    typed = ("calendar", "announce", str(announcement(tmp_path)))

    done = CliRunner().invoke(disposisi, typed, env=env, standalone_mode=False)

    assert done.exception is None, done.output
    job = jobs.of("calendar announce", jobs.load())
    with psycopg.connect(database_url) as connection:
        announced = connection.execute(
            "select metadata ->> 'operator', metadata ->> 'rule',"
            " metadata ->> 'official', metadata ->> 'role'"
            " from register where originator_version = 2"
        ).fetchall()
    assert announced == [(operator.os_user(), job.id, None, None)] * 2


@contextmanager
def held_up(url: str, streams: int) -> Iterator[None]:
    """Let no announcement go further than so many histories, for the block."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "create function hold_up() returns trigger language plpgsql as $$ begin"
            " perform pg_advisory_xact_lock_shared(20, 26); return new; end $$"
        )
        connection.execute(
            "create trigger hold_up before update on announcements for each row"
            f" when (new.streams > {streams}) execute function hold_up()"
        )
        connection.execute("select pg_advisory_lock(20, 26)")
        yield


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 1)]
)
def test_broken_off_in_the_middle_a_second_run_goes_on_there(
    database_url, tmp_path, number, code
):
    asyncio.run(receive(database_url, CASES))
    file = announcement(tmp_path)
    with (
        held_up(database_url, CASES // 2),
        subprocess.Popen(
            [*DISPOSISI, "calendar", "announce", str(file)],
            env=environment(tmp_path, {"DATABASE_URL": database_url}),
            stdout=subprocess.PIPE,
            text=True,
            cwd=CHECKOUT,
        ) as process,
    ):
        assert process.stdout is not None
        assert f"/{CASES} " in process.stdout.readline()
        process.send_signal(number)
        assert process.wait() == code
    halfway = versions(database_url)
    assert 0 < halfway[2] < CASES

    done = announce(file, database_url, tmp_path, "--json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["moved"] == CASES
    assert versions(database_url) == {2: CASES}


@pytest.mark.parametrize(
    ("more", "field"),
    [("zone = 8\n", "line 2, zone"), ("years = [2031]\n", "line 2, years[0]")],
)
def test_a_bad_file_is_told_by_file_and_line(database_url, tmp_path, more, field):
    file = announcement(tmp_path, more=more)
    done = announce(file, database_url, tmp_path)
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert f"{file}, {field}" in line


def test_a_file_that_is_not_there_is_a_wrong_call(tmp_path):
    assert run("calendar", "announce", "tiada.toml", data=tmp_path).returncode == 2


def test_an_edition_announced_later_stays_in_force(database_url, tmp_path):
    first = announcement(tmp_path, "uji-1")
    with psycopg.connect(database_url, autocommit=True) as connection:
        announce(first, database_url, tmp_path)
        connection.execute("update announcements set finished_at = null")
    announce(announcement(tmp_path, "uji-2"), database_url, tmp_path)
    done = announce(first, database_url, tmp_path)
    assert done.returncode == 1
    assert "uji-2" in done.stderr


def test_a_running_worker_counts_in_the_new_calendar_at_once(database_url, tmp_path):
    tokens = paperwork.staff(database_url)
    headers = paperwork.headers(tokens[paperwork.CLERK])
    with (
        worker(database_url, tmp_path, tmp_path / "log") as address,
        httpx.Client(base_url=address, headers=headers) as client,
    ):

        def statute() -> tuple[str, str]:
            answer = client.post("/v1/cases", content=paperwork.LETTER)
            assert answer.status_code == 201, answer.text
            [clock] = [
                one for one in answer.json()["clocks"] if one["clock"] == "statute"
            ]
            return clock["calendar_edition"], clock["due_on"]

        edition, due_on = statute()
        done = announce(announcement(tmp_path), database_url, tmp_path, "--json")
        assert json.loads(done.stdout)["moved"] == 1
        moved_edition, moved_due_on = statute()
    assert (edition, moved_edition) == (BPPD.edition, "uji-1")
    assert moved_due_on > due_on
