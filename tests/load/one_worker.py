"""One web worker in a process of its own, as `serve` starts it."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from interfaces.front_door import address_of, listening, until_ready
from interfaces.settings import CHECKOUT, Settings

PATIENCE = 60.0
"""Seconds until a worker answers."""


class Worker(msgspec.Struct, frozen=True):
    """A worker and where it answers."""

    address: str
    process: subprocess.Popen[bytes]


@contextmanager
def one_worker(
    module: str, settings: Settings, log: Path, *more: str
) -> Iterator[Worker]:
    """Run a module with a listening socket's number as its first argument."""
    with listening("127.0.0.1", 0) as door, log.open("ab") as lines:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", module, str(door.fileno()), *more],
            env=settings.environment() | {"PYTHONPATH": str(CHECKOUT)},
            pass_fds=[door.fileno()],
            stderr=lines,
        )
        try:
            asyncio.run(asyncio.wait_for(until_ready(door), PATIENCE))
            yield Worker(address_of(door), process)
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)
