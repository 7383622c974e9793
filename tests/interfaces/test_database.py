"""The embedded PostgreSQL: made once, found again, shared with neighbours, adopted."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from interfaces import database
from interfaces.data_folder import DataFolder, FolderOwnedError
from interfaces.settings import Settings
from interfaces.trouble import OperatorError


@pytest.fixture
def settings() -> Iterator[Settings]:
    # Not pytest's own folder: root's system user could not reach it (see lodging.py).
    with tempfile.TemporaryDirectory(prefix="disposisi a'b, ") as path:
        yield Settings(data=path)


def answer(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def test_a_second_start_finds_what_the_first_wrote(settings):
    with database.opened(settings) as url, psycopg.connect(url) as connection:
        connection.execute("create table kept as select 7 as n")
    with database.opened(settings) as url:
        assert answer(url, "select n from kept") == 7


def test_the_server_is_durable_and_never_runs_as_root(settings):
    with database.opened(settings) as url:
        assert answer(url, "select current_setting('fsync')") == "on"
        assert answer(url, "select current_setting('data_checksums')") == "on"
        assert answer(url, "show server_encoding") == "UTF8"
        files = Path(str(answer(url, "show data_directory")))
    assert files.stat().st_uid != 0


def test_nobody_enters_without_the_password(settings):
    with database.opened(settings) as url:
        stranger = psycopg.conninfo.make_conninfo(url, password="guess")
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(stranger)
    secret = DataFolder(settings.data_path).keys / "database"
    assert secret.stat().st_mode & 0o077 == 0


def test_a_lost_password_file_is_named_in_both_languages(settings):
    with database.opened(settings):
        pass
    lost = DataFolder(settings.data_path).keys / "database"
    lost.unlink()
    with pytest.raises(OperatorError) as trouble, database.opened(settings):
        pass
    assert str(lost) in trouble.value.indonesian
    assert str(lost) in trouble.value.english


def test_two_servers_never_share_a_folder(settings):
    folder = DataFolder(settings.data_path)
    folder.prepare()
    with folder.owned(), pytest.raises(FolderOwnedError), folder.owned():
        pass


def test_a_command_beside_a_running_server_uses_its_database(settings):
    folder = DataFolder(settings.data_path)
    folder.prepare()
    with database.started(folder, settings, serving=True) as url:
        with database.opened(settings) as beside:
            assert beside == url
        assert answer(url, "select 1") == 1


def test_a_given_database_url_is_used_as_it_is(tmp_path):
    settings = Settings(database_url="postgresql://elsewhere/x", data=str(tmp_path))
    with database.opened(settings) as url:
        assert url == "postgresql://elsewhere/x"
    assert list(tmp_path.iterdir()) == []


KILLED = """
import os, signal, sys
import psycopg
from interfaces import database
from interfaces.settings import Settings
with database.opened(Settings(data=sys.argv[1])) as url:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create table kept as select 7 as n")
        if sys.argv[2] == "with its server":
            row = connection.execute("select pg_backend_pid()").fetchone()
            stat = open(f"/proc/{row[0]}/stat").read()
            postmaster = stat.rpartition(")")[2].split()[1]
            os.kill(int(postmaster), signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("lost", ["alone", "with its server"])
def test_after_a_kill_the_next_start_has_everything(settings, lost):
    if lost == "with its server" and not Path("/proc/self").exists():
        pytest.skip("finds the server's process in /proc")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, settings.data, lost], check=False
    )
    assert killed.returncode == -signal.SIGKILL
    with database.opened(settings) as url:
        assert answer(url, "select n from kept") == 7
    assert not (DataFolder(settings.data_path).path / "server.json").exists()


def test_a_stale_process_number_of_another_program_is_no_server(settings):
    with database.opened(settings):
        pass
    folder = DataFolder(settings.data_path)
    pid_file = folder.postgres.resolve() / "cluster" / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n/nowhere\n0\n5432\n/tmp\n\n\nready\n")
    with database.opened(settings) as url:
        assert answer(url, "select 1") == 1


def test_a_missing_program_folder_is_told_in_both_languages(settings, tmp_path):
    wrong = Settings(data=settings.data, pg_bin=str(tmp_path))
    with pytest.raises(OperatorError) as trouble, database.opened(wrong):
        pass
    assert str(tmp_path) in trouble.value.english
    assert str(tmp_path) in trouble.value.indonesian


@pytest.mark.skipif(os.geteuid() != 0, reason="only root uses another system user")
def test_root_keeps_the_database_where_the_system_user_reaches_it():
    with tempfile.TemporaryDirectory(dir="/root") as private:
        settings = Settings(data=f"{private}/data")
        with database.opened(settings) as url:
            assert answer(url, "select 1") == 1
        link = Path(private, "data", "postgres")
        home = link.readlink()
        with database.opened(settings) as url:
            assert answer(url, "select 1") == 1
        assert link.readlink() == home
        subprocess.run(["rm", "-r", str(home)], check=True)
        with pytest.raises(OperatorError), database.opened(settings):
            pass
