"""`rebuild` and `parked` as an operator calls them."""

import json
import signal
import subprocess
from pathlib import Path

import psycopg
import pytest

from projections.views import VIEWS
from tests.load.past import past
from tests.served import DISPOSISI, environment, run

NAMES = [view.name for view in VIEWS]
STRANGE = """
select register_append(
    array[gen_random_uuid()], array[1::bigint], array['teleported'],
    array['{}'::bytea], null, null, null, null
)
"""


@pytest.fixture
def office(url_without_views: str, tmp_path: Path) -> str:
    """A register with a past, whose views nobody has made yet."""
    past(url_without_views, 1500, tmp_path)
    return url_without_views


def called(url: str, folder: Path, *arguments: str):
    return run(*arguments, data=folder, environ={"DATABASE_URL": url})


def test_views_are_made_then_compared_and_differences_end_with_1(office, tmp_path):
    first = called(office, tmp_path, "rebuild", "--all", "--json")
    assert first.returncode == 0, first.stderr
    told = json.loads(first.stdout)["views"]
    assert [one["view"] for one in told] == NAMES
    assert all(one["difference"] is None for one in told)
    assert "indexes of" in first.stderr

    second = called(office, tmp_path, "rebuild", "--all")
    assert second.returncode == 0, second.stderr
    assert second.stdout.count("the same as before") == len(NAMES)

    with psycopg.connect(office, autocommit=True) as connection:
        connection.execute("update cases_v6.cases set assignee = 'nobody'")
    third = called(office, tmp_path, "rebuild", "cases")
    assert third.returncode == 1
    assert "were different" in third.stdout
    assert called(office, tmp_path, "rebuild", "cases").returncode == 0


def test_a_wrong_call_says_which_views_there_are(office, tmp_path):
    for wrong in (("rebuild", "casez"), ("rebuild",), ("rebuild", "cases", "--all")):
        told = called(office, tmp_path, *wrong)
        assert told.returncode == 2
        assert "guest_book" in told.stderr


@pytest.mark.parametrize(
    "command", [("rebuild", "--all"), ("parked",), ("parked", "--retry")]
)
def test_where_there_is_no_database_none_is_made(tmp_path, command):
    mistyped = tmp_path / "dta"
    told = run(*command, data=mistyped)

    assert told.returncode == 2
    (line,) = told.stderr.splitlines()
    assert str(mistyped) in line
    assert told.stdout == ""
    assert not mistyped.exists()


@pytest.mark.parametrize("imported", ["rich_click", "structlog", "psycopg"])
def test_ctrl_c_at_once_ends_with_1_and_no_traceback(tmp_path, imported):
    python, *more = DISPOSISI
    with subprocess.Popen(
        [python, "-X", "importtime", *more, "rebuild", "--all"],
        env=environment(tmp_path, {"DATABASE_URL": "postgresql://nowhere.invalid/x"}),
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
    ) as process:
        assert process.stderr is not None
        while not process.stderr.readline().endswith(f" {imported}\n"):
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "Traceback" not in told
    assert "does not answer" not in told


def test_ctrl_c_leaves_the_old_one_serving_and_says_how_to_go_on(office, tmp_path):
    assert called(office, tmp_path, "rebuild", "--all").returncode == 0
    with (
        psycopg.connect(office) as held,
        subprocess.Popen(
            [*DISPOSISI, "rebuild", "--all"],
            env=environment(tmp_path, {"DATABASE_URL": office}),
            stderr=subprocess.PIPE,
            text=True,
            cwd="/",
        ) as process,
    ):
        assert process.stderr is not None
        held.execute("lock table cases_v6.cases")
        while "comparing" not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "the old one serves on" in told

    again = called(office, tmp_path, "rebuild", "--all")
    assert again.returncode == 0, again.stderr
    assert again.stdout.count("the same as before") == len(NAMES)


def test_what_is_parked_is_listed_until_nothing_is(office, tmp_path):
    with psycopg.connect(office, autocommit=True) as connection:
        connection.execute(STRANGE)
    called(office, tmp_path, "rebuild", "--all")

    told = called(office, tmp_path, "parked", "--json")
    assert told.returncode == 1
    found = json.loads(told.stdout)["parked"]
    assert {one["view"] for one in found} == set(NAMES)
    assert {one["error"] for one in found} == {"UnknownTagError"}
    assert called(office, tmp_path, "parked", "--retry").returncode == 1

    with psycopg.connect(office, autocommit=True) as connection:
        connection.execute("delete from parked")
    assert called(office, tmp_path, "parked").returncode == 0
