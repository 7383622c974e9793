"""What a drill kills: the whole service, also with its database, or the control."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from interfaces import database
from interfaces.data_folder import DataFolder
from interfaces.settings import Settings
from tests.filled import fill_views
from tests.load.one_worker import one_worker
from tests.served import served


class Victim(msgspec.Struct, frozen=True):
    """A running server, its database, and the processes that are to die."""

    address: str
    url: str
    root: int
    """Dies with all its children."""
    data: Path

    def kill(self, *, with_database: bool) -> None:
        """Leave nobody the time to say goodbye."""
        doomed = [self.root, *_children(self.root)]
        if with_database:
            cluster = database.cluster_in(DataFolder(self.data), None)
            running = cluster.postmaster()
            assert running is not None
            doomed.insert(0, running.pid)
        for pid in doomed:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


@contextmanager
def service(data: Path) -> Iterator[Victim]:
    """Everything, as `serve` starts it."""
    with served(data, log=data.with_suffix(".log")) as running:
        notice = DataFolder(data).notice()
        assert notice is not None
        yield Victim(
            address=running.url,
            url=notice.database,
            root=running.process.pid,
            data=data,
        )


@contextmanager
def control(data: Path) -> Iterator[Victim]:
    """A worker that acknowledges before the commit; its database is left alone."""
    folder = DataFolder(data)
    folder.prepare()
    with database.started(folder, Settings(data=str(data))) as url:
        database.migrate(url)
        fill_views(url)
        settings = Settings(database_url=url, data=str(data))
        log = data.with_suffix(".log")
        with one_worker("tests.drills.hasty", settings, log) as worker:
            yield Victim(
                address=worker.address, url=url, root=worker.process.pid, data=data
            )


def _children(pid: int) -> list[int]:
    """All that descend from a process."""
    table = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], check=True, capture_output=True, text=True
    ).stdout
    of: dict[int, list[int]] = {}
    for line in table.splitlines():
        child, parent = map(int, line.split())
        of.setdefault(parent, []).append(child)
    found = list(of.get(pid, []))
    for child in found:
        found.extend(of.get(child, []))
    return found
