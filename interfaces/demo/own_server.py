"""A service of the demo's own: `serve` as an operator starts it, ended with it."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from interfaces.data_folder import DataFolder
from interfaces.settings import Settings
from interfaces.trouble import OperatorError

FAREWELL = 30.0
"""Seconds in which `serve` promises to have stopped."""


def own_settings(settings: Settings, data: Path, port: int = 0) -> Settings:
    """The operator's settings, but with a folder and a database of the demo's own."""
    return msgspec.structs.replace(
        settings, data=str(data), port=port, database_url=None
    )


class OwnServer:
    """A running service."""

    def __init__(self, address: str, process: subprocess.Popen[str]) -> None:
        self.address = address
        self._process = process

    def wait(self) -> int:
        """Wait until it ends by itself; answer its exit code."""
        return self._process.wait()


@contextmanager
def own_server(settings: Settings) -> Iterator[OwnServer]:
    """Yield a running service; its log goes into the data folder.

    Raises OperatorError with what the service said when it did not get ready.
    """
    folder = DataFolder(settings.data_path)
    folder.prepare()
    log = folder.path / "serve.log"
    with (
        log.open("ab") as told,
        subprocess.Popen(  # noqa: S603 - our own program
            [*(sys.executable, "-P", "-m", "interfaces.cli"), "serve"],
            # An empty variable counts as not set: whatever else runs is let alone.
            env={**settings.environment(), "DATABASE_URL": ""},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=told,
            text=True,
            # Ctrl-C at the terminal is ours to hand on, when we are ready for it.
            start_new_session=True,
        ) as process,
    ):
        try:
            assert process.stdout is not None
            word, _, address = process.stdout.readline().strip().partition(" ")
            if word != "ready":
                raise _not_ready(log)
            yield OwnServer(address, process)
        finally:
            _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    """Stop the service; a second Ctrl-C does not leave half of it behind."""
    impatience = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process.terminate()
        process.wait(FAREWELL)
    except subprocess.TimeoutExpired:
        process.kill()
    finally:
        signal.signal(signal.SIGINT, impatience)


def _not_ready(log: Path) -> OperatorError:
    """What the service told its operator last; else the last line of its log."""
    lines = log.read_text(errors="replace").splitlines() or [""]
    for line in reversed(lines):
        if line.startswith("disposisi: "):
            indonesian, _, english = line.removeprefix("disposisi: ").partition(" / ")
            return OperatorError(indonesian=indonesian, english=english, code=1)
    # The folder may be gone in a moment, and the log with it.
    return OperatorError(
        indonesian="Layanan tidak siap.",
        english=f"The service did not get ready: {lines[-1]}",
        code=1,
    )
