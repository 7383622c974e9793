"""One web worker in a process of its own, as `serve` starts it."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from interfaces.front_door import address_of, listening, until_ready
from interfaces.settings import CHECKOUT, Settings

PATIENCE = 60.0
"""Seconds until a worker answers."""


@contextmanager
def one_worker(module: str, settings: Settings, log: Path) -> Iterator[str]:
    """Run a module of this room with a listening socket; yield where it answers."""
    with listening("127.0.0.1", 0) as door, log.open("ab") as lines:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", f"tests.load.{module}", str(door.fileno())],
            env=settings.environment() | {"PYTHONPATH": str(CHECKOUT)},
            pass_fds=[door.fileno()],
            stderr=lines,
        )
        try:
            asyncio.run(asyncio.wait_for(until_ready(door), PATIENCE))
            yield address_of(door)
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)
