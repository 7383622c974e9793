"""`serve` as an operator knows it: one line, one port, one end, nothing left behind."""

import os
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import msgspec
import psycopg
import pytest

from interfaces.data_folder import DataFolder
from tests.awaiting import comes_true_outside
from tests.served import Served, run, served

pytestmark = pytest.mark.skipif(
    not Path("/proc/self").exists(), reason="looks at processes in /proc"
)


@pytest.fixture
def data() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="disposisi serving ") as path:
        yield Path(path)


def children(pid: int) -> dict[int, str]:
    """Find the processes whose parent it is, with their command lines."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            line = stat.with_name("cmdline").read_bytes().replace(b"\0", b" ")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == pid:
            found[int(stat.parent.name)] = line.decode()
    return found


def part(service: Served, name: str) -> int:
    """Answer the process of one part."""
    (number,) = [
        pid for pid, line in children(service.process.pid).items() if name in line
    ]
    return number


def postmaster(service: Served) -> int | None:
    """Answer the database's process, if it has told it."""
    pid_file = service.data / "postgres" / "cluster" / "postmaster.pid"
    lines = pid_file.read_text().splitlines() if pid_file.exists() else []
    return int(lines[0]) if lines else None


def lives(pid: int) -> bool:
    try:
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def eventually(true: Callable[[], bool]) -> None:
    comes_true_outside(true, 30)


def healthy(service: Served) -> bool:
    try:
        return httpx.get(f"{service.url}/health/ready", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_every_part_and_the_database(data, number):
    with served(data, "--workers", "2") as service:
        assert healthy(service)
        database = postmaster(service)
        assert database is not None
        parts = [*children(service.process.pid), database]
        assert len(parts) == 5, "two web workers, projector, sealer, database"
        assert service.stop(number) == 0
        assert service.process.stdout is not None
        assert service.process.stdout.read() == "", "only the ready line"
    assert not any(map(lives, parts))


def test_the_port_and_the_data_are_there_again_after_a_kill(data):
    with served(data) as service:
        token = service.official("ani", "bppd", "handler")
        parts = children(service.process.pid)
        assert service.stop(signal.SIGKILL) == -signal.SIGKILL
        port = service.port
    assert token
    with served(data, "--port", str(port)) as service:
        assert healthy(service)
        assert not any(map(lives, parts))
        (ani,) = msgspec.json.decode(service.command("officials", "list", "--json"))
        assert ani["id"] == "ani"


def test_a_part_that_dies_is_started_again(data):
    with served(data) as service:
        names = ("run web", "run projector", "run sealer")
        died = {part(service, name) for name in names}
        assert died == {*children(service.process.pid)}
        for pid in died:
            os.kill(pid, signal.SIGKILL)

        def started_again() -> bool:
            parts = children(service.process.pid)
            lines = parts.values()
            return (
                len(parts) == len(names)
                and died.isdisjoint(parts)
                and all(any(name in line for line in lines) for name in names)
            )

        eventually(started_again)
        eventually(lambda: healthy(service))


def test_a_database_that_dies_is_started_again(data):
    with served(data) as service:
        died = postmaster(service)
        assert died is not None
        os.kill(died, signal.SIGKILL)
        eventually(lambda: postmaster(service) not in {died, None})
        notice = DataFolder(data).notice()
        assert notice is not None

        def answers() -> bool:
            try:
                psycopg.connect(notice.database).close()
            except psycopg.OperationalError:
                return False
            return True

        eventually(answers)
        eventually(lambda: healthy(service))


def test_a_second_serve_on_the_same_data_is_a_wrong_call(data):
    with served(data) as service:
        second = run("serve", "--port", "0", data=data)
    assert second.returncode == 2
    assert second.stdout == ""
    assert service.url in second.stderr
    assert len(second.stderr.splitlines()) == 1


def test_a_taken_port_is_a_wrong_call_and_starts_nothing(data):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = run("serve", "--port", str(port), data=data)
    assert refused.returncode == 2
    assert str(port) in refused.stderr
    assert not (data / "postgres").exists()


def test_it_serves_on_a_database_that_was_given(data, database_url):
    with served(data, environ={"DATABASE_URL": database_url}) as service:
        assert healthy(service)
    assert not (data / "postgres").exists()


def test_a_database_that_does_not_answer_is_told(data):
    nowhere = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    refused = run("serve", "--port", "0", data=data, environ=nowhere)
    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1


def test_a_key_file_open_to_others_stops_the_start_and_says_what_to_mend(data):
    keys = data / "keys"
    keys.mkdir(mode=0o700)
    (keys / "kek").write_bytes(bytes(32))
    (keys / "kek").chmod(0o644)
    refused = run("serve", "--port", "0", data=data)
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert "chmod 600" in refused.stderr
    assert "Traceback" not in refused.stderr
