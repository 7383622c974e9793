"""A command run to its end, and how much memory its process ever held."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

LOOK_EVERY = 0.05
"""Seconds; the high-water mark only rises, so that the last look is near the end."""


class Ended(msgspec.Struct, frozen=True):
    """What became of it."""

    code: int
    said: bytes
    """On standard output."""
    megabytes: float


def run_watched(
    command: Sequence[str], environment: Mapping[str, str], folder: Path
) -> Ended:
    """Run it in a folder and watch its memory.

    Not what `wait4` says of a child's memory: that begins with its parent's.
    """
    with (
        tempfile.TemporaryFile() as output,
        subprocess.Popen(
            command, env=environment, stdout=output, cwd=folder
        ) as process,
    ):
        high = 0.0
        while process.poll() is None:
            high = max(high, _high_water(process.pid))
            time.sleep(LOOK_EVERY)
        output.seek(0)
        return Ended(process.returncode, output.read(), high)


def _high_water(pid: int) -> float:
    """Megabytes that a process has held at most so far; 0 when it is gone."""
    if sys.platform != "linux":
        asked = ["ps", "-o", "rss=", "-p", str(pid)]
        told = subprocess.run(asked, check=False, capture_output=True, text=True)
        return int(told.stdout.strip() or 0) * 1024 / 1e6
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    marks = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
    return int(marks[0]) * 1024 / 1e6 if marks else 0.0
