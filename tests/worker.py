"""A web worker in a process of its own, as `serve` runs it, on a given database."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from tests.served import CHECKOUT, environment

PATIENCE = 30.0


@contextmanager
def worker(database_url: str, data: Path, log: Path, workers: int = 1) -> Iterator[str]:
    """Run one or several workers on one socket; yields their address."""
    with socket.create_server(("127.0.0.1", 0)) as door, ExitStack() as running:
        told = running.enter_context(log.open("w"))
        for _ in range(workers):
            running.enter_context(_process(database_url, data, door, told.fileno()))
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        _until_ready(address)
        yield address


@contextmanager
def _process(
    database_url: str, data: Path, door: socket.socket, log: int
) -> Iterator[None]:
    with subprocess.Popen(
        [
            *(sys.executable, "-P", "-m", "interfaces.cli", "run", "web"),
            *("--fd", str(door.fileno())),
        ],
        env=environment(data, {"DATABASE_URL": database_url}),
        pass_fds=(door.fileno(),),
        stdout=log,
        stderr=log,
        cwd=CHECKOUT,
    ) as process:
        try:
            yield
        finally:
            process.terminate()


def _until_ready(address: str) -> None:
    """Ready but for the views, which a projector makes; here is none."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        health = httpx.get(f"{address}/health/ready", timeout=PATIENCE).json()
        if health["status"] in {"ok", "views"}:
            return
        time.sleep(0.05)
    raise TimeoutError
