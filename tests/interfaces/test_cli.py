"""The command line: what an operator types, what he is told, how it ends."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from interfaces import database, release
from interfaces.settings import Settings
from tests.served import CHECKOUT, run


@pytest.fixture
def data() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="disposisi cli ") as path:
        yield Path(path)


def add(
    data: Path, id_: str, *more: str, agency: str = "bppd", role: str = "handler"
) -> subprocess.CompletedProcess[str]:
    return run(
        *("officials", "add", "--id", id_, "--name", f"Ibu {id_}", "--agency", agency),
        *("--role", role, "--json", *more),
        data=data,
    )


def one_line(done: subprocess.CompletedProcess[str], code: int) -> str:
    """Check that the command ended so, and said so in one line."""
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return str(line)


def test_an_official_is_added_listed_given_a_token_and_disabled(data):
    added = add(data, "ani", "--unit", "kelembagaan/analisis", role="handler,ppid")
    assert json.loads(added.stdout) == {
        "id": "ani",
        "name": "Ibu ani",
        "agency": "bppd",
        "roles": ["handler", "ppid"],
        "unit": "kelembagaan/analisis",
        "disabled": False,
        "added": "new",
    }
    (listed,) = json.loads(run("officials", "list", "--json", data=data).stdout)
    assert listed["id"] == "ani"
    token = run("token", "ani", data=data).stdout
    assert token == token.strip() + "\n"
    assert " " not in token
    assert run("officials", "disable", "ani", data=data).returncode == 0
    assert "ani" in one_line(run("token", "ani", data=data), code=1)


def test_it_tells_its_release_and_makes_nothing(data):
    told = run("--version", data=data / "none")
    assert told.returncode == 0
    assert told.stdout == f"disposisi {release.version()}\n"
    assert not (data / "none").exists()


def test_a_token_is_not_kept_in_clear(data):
    add(data, "ani")
    token = run("token", "ani", data=data).stdout.strip()
    with (
        database.opened(Settings(data=str(data))) as url,
        psycopg.connect(url) as connection,
    ):
        kept = connection.execute("select tokens::text from tokens").fetchall()
    assert token not in str(kept)


@pytest.mark.parametrize(
    ("id_", "agency", "role"),
    [
        ("Ani!", "bppd", "handler"),
        ("ani", "dinas-lain", "handler"),
        ("ani", "bppd", "boss"),
        ("ani", "bppd", ","),
    ],
    ids=["id", "agency", "role", "no-role"],
)
def test_a_form_filled_in_wrongly_is_a_wrong_call(data, id_, agency, role):
    one_line(add(data, id_, agency=agency, role=role), code=2)
    assert not (data / "postgres").exists(), "nothing was started for it"


def test_the_same_official_twice_changes_nothing_and_other_data_is_refused(data):
    add(data, "ani")
    assert json.loads(add(data, "ani").stdout)["added"] == "unchanged"
    assert "ani" in one_line(add(data, "ani", role="ppid"), code=1)


def test_a_unit_is_renamed_from_a_day_on_and_a_wrong_change_is_refused(data):
    add(data, "ani", "--unit", "batas/lintas")
    where = ("officials", "unit", "--agency", "bppd", "--decree", "Pergub 7/2026")
    day = ("--effective", "2026-03-16")
    renamed = run(
        *(*where, *day, "--from", "batas", "--to", "perbatasan", "--json"), data=data
    )
    change = {
        "agency": "bppd",
        "old": "batas",
        "new": "perbatasan",
        "effective_on": "2026-03-16",
        "decree": "Pergub 7/2026",
    }
    assert json.loads(renamed.stdout) == change | {"added": "new"}
    listed = run("officials", "units", "--json", data=data).stdout
    assert json.loads(listed) == [change]
    back = (*where, *day, "--from", "perbatasan", "--to", "batas")
    assert "perbatasan" in one_line(run(*back, data=data), code=1)
    unknown = (*where, *day, "--from", "umum", "--to", "tata-usaha")
    assert "umum" in one_line(run(*unknown, data=data), code=1)
    nowhere = ("officials", "unit", "--agency", "dinas", "--decree", "x", *day)
    one_line(run(*nowhere, "--from", "a", "--to", "b", data=data), code=2)
    dateless = run(*where, "--from", "batas", "--to", "wilayah", data=data)
    assert dateless.returncode == 2


def test_a_stand_in_is_appointed_for_some_days_and_listed(data):
    add(data, "kepala", role="agency_head")
    add(data, "ani", role="division_head")
    appoint = (
        *("officials", "stand-in", "--agency", "bppd", "--id", "ani"),
        *("--for", "kepala", "--decree", "SP 800/12", "--from", "2026-03-16"),
    )
    open_end = run(*appoint, "--capacity", "daily_acting", data=data)
    assert "daily_acting" in one_line(open_end, code=2)
    until = ("--capacity", "daily_acting", "--until", "2026-03-20")
    assert json.loads(run(*appoint, *until, "--json", data=data).stdout) == {
        "agency": "bppd",
        "official": "ani",
        "acting_for": "kepala",
        "capacity": "daily_acting",
        "first": "2026-03-16",
        "last": "2026-03-20",
        "decree": "SP 800/12",
        "added": "new",
    }
    listed = run("officials", "stand-ins", data=data).stdout
    assert "ani for kepala" in listed
    backward = ("--capacity", "acting", "--until", "2026-03-01")
    one_line(run(*appoint, *backward, data=data), code=2)


@pytest.mark.parametrize(
    "typed",
    [
        ("token", "ani"),
        ("officials", "list"),
        ("accounts", "invite", "ani"),
        ("authority", "operators"),
        ("replay", "BPPD-2026-00001"),
    ],
    ids=" ".join,
)
def test_a_mistyped_folder_is_told_and_gets_no_database(data, typed):
    mistyped = data / "dta"
    assert str(mistyped) in one_line(run(*typed, data=mistyped), code=2)
    assert not mistyped.exists()


def test_commands_that_start_the_database_at_once_take_turns(data):
    with ThreadPoolExecutor(4) as pool:
        codes = pool.map(lambda n: add(data, f"ani-{n}").returncode, range(4))
        assert list(codes) == [0, 0, 0, 0]
    listed = json.loads(run("officials", "list", "--json", data=data).stdout)
    assert len(listed) == 4


def test_standards_on_file_are_right_and_a_typo_is_named(data):
    fine = run("standards", "check", data=data)
    assert fine.returncode == 0
    assert "bppd" in fine.stdout
    (data / "wrong.toml").write_text('id = "x"\nagency = 3\n')
    told = one_line(run("standards", "check", str(data), data=data), code=1)
    assert "wrong.toml, line 2, agency" in told


@pytest.mark.parametrize(
    "file",
    [
        "authority/jobs.toml",
        "authority/roles.toml",
        "holidays/2026.toml",
        "legal/kip.toml",
        "personal_data/pdp.toml",
        "regions/kemendagri.toml",
    ],
)
def test_a_typo_in_any_of_the_offices_files_is_named(data, file):
    for package in ("domain", "application", "interfaces", "projections"):
        shutil.copytree(CHECKOUT / package, data / package)
    shutil.copy(CHECKOUT / "pyproject.toml", data)
    typed = data / "application" / "office" / file
    typed.write_text("tpyo = 1\n" + typed.read_text())
    told = run(
        "standards", "check", data=data / "data", environ={"PYTHONPATH": str(data)}
    )
    assert f"{typed.name}, line 1, tpyo" in one_line(told, code=1)


def test_the_authority_table_is_shown_row_by_row(data):
    rows = json.loads(run("authority", "show", "--json", data=data).stdout)
    assert all(row["id"] and row["roles"] and row["actions"] for row in rows)
    told = run("authority", "show", data=data).stdout.splitlines()
    assert [line for line in told if line[0] != " "] == [row["id"] for row in rows]


@pytest.mark.parametrize(
    "call",
    [("nonsense",), ("serve", "--port", "many"), ("token",), ("officials", "add")],
    ids=" ".join,
)
def test_a_wrong_call_ends_with_two_and_no_traceback(data, call):
    done = run(*call, data=data)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("call", [("--help",), ("serve", "--help"), ("run", "--help")])
def test_help_is_there(data, call):
    assert run(*call, data=data).returncode == 0
