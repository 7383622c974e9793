"""A service started as an operator starts it, in processes of its own."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
PATIENCE = 120.0
"""Seconds to wait for the ready line on a busy machine."""


class NotReadyError(Exception):
    """The service ended, or fell silent, before its ready line."""


class Served:
    """A running `serve`; `url` is where it answers."""

    def __init__(self, process: subprocess.Popen[str], url: str, data: Path) -> None:
        self.process = process
        self.url = url
        self.data = data

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def command(self, *arguments: str) -> str:
        """Run a command beside the service and answer what it printed."""
        done = run(*arguments, data=self.data)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def official(self, id_: str, agency: str, *roles: str, unit: str = "") -> str:
        """Add an official, and answer a token of his."""
        self.command(
            *("officials", "add", "--id", id_, "--name", f"Pejabat {id_}", "--json"),
            *("--agency", agency, "--role", ",".join(roles)),
            *(("--unit", unit) if unit else ()),
        )
        return self.command("token", id_).strip()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send the signal and answer the exit code; 30 seconds are the promise."""
        self.process.send_signal(number)
        return self.process.wait(timeout=30)


@contextmanager
def served(
    data: Path,
    *options: str,
    environ: dict[str, str] | None = None,
    log: Path | None = None,
) -> Iterator[Served]:
    """Start `serve` on a free port unless told otherwise; it ends with the block.

    Its log goes to the end of a file, or beside our own.
    """
    port = () if "--port" in options else ("--port", "0")
    with (
        log.open("a") if log is not None else nullcontext() as lines,
        subprocess.Popen(
            [*DISPOSISI, "serve", *port, *options],
            env=environment(data, environ),
            stdout=subprocess.PIPE,
            stderr=lines,
            text=True,
            cwd="/",
        ) as process,
    ):
        try:
            yield Served(process, _ready(process), data)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)


def run(
    *arguments: str, data: Path, environ: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end, from another folder than the checkout."""
    return subprocess.run(
        [*DISPOSISI, *arguments],
        env=environment(data, environ),
        check=False,
        capture_output=True,
        text=True,
        cwd="/",
    )


DISPOSISI = (sys.executable, "-P", "-m", "interfaces.cli")


def environment(data: Path, more: dict[str, str] | None) -> dict[str, str]:
    ours = dict(os.environ)  # noqa: TID251 - of a child process
    ours.pop("DATABASE_URL", None)
    here = {"PYTHONPATH": str(CHECKOUT), "DISPOSISI_DATA": str(data)}
    return ours | here | (more or {})


def _ready(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    if not select.select([process.stdout], [], [], PATIENCE)[0]:
        raise NotReadyError
    word, _, url = process.stdout.readline().strip().partition(" ")
    if word != "ready":
        raise NotReadyError
    return url
