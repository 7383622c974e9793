"""`./disposisi test`: every check of the project; with arguments, pytest with them."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

from tests import drills, load
from tests.commands.exercise import exercises
from tests.served import CHECKOUT

STATIC = (
    ("ruff", "check"),
    ("ruff", "format", "--check"),
    ("mypy",),
    ("tests.commands.imports",),
)
"""Modules and arguments; each answers 0 when it found nothing."""

WORKERS = str(min(os.cpu_count() or 2, 4) + 1)
"""One more than there are cores: many a test waits for a process that it started. No
more than five, since each has a database server of its own."""


def python(*arguments: str) -> bool:
    """Run a module of this environment in the checkout; answer whether it liked it."""
    done = subprocess.run([sys.executable, "-m", *arguments], check=False, cwd=CHECKOUT)
    return done.returncode == 0


def pytest(arguments: Sequence[str]) -> tuple[int, int, int]:
    """Run pytest; answer how many tests passed, failed and were skipped."""
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.xml"
        fine = python("pytest", f"--junitxml={results}", *arguments)
        if not results.exists():
            return 0, 1, 0
        (suite,) = ET.parse(results).getroot()  # noqa: S314 - our own file
    counts = {name: int(suite.get(name, 0)) for name in ("tests", "skipped")}
    failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    failed = failed or (0 if fine else 1)
    return counts["tests"] - counts["skipped"] - failed, failed, counts["skipped"]


def main(arguments: Sequence[str]) -> int:
    if arguments:
        return 0 if python("pytest", *arguments) else 1
    steps = [
        *STATIC,
        *short("bench", load),
        *short("drill", drills),
    ]
    # The short forms measure nothing, and most of them wait for a disk: beside them
    # there is time for the tests.
    with ThreadPoolExecutor(1) as beside:
        fine = beside.map(timed, steps)
        passed, failed, skipped = pytest(["-n", WORKERS, "--dist", "worksteal"])
    wrong = [
        " ".join(step) for step, is_fine in zip(steps, fine, strict=True) if not is_fine
    ]
    for step in wrong:
        sys.stdout.write(f"failed: {step}\n")
    passed += len(steps) - len(wrong)
    failed += len(wrong)
    sys.stdout.write(f"{passed} passed, {failed} failed, {skipped} skipped\n")
    return 1 if failed else 0


def short(word: str, room: ModuleType) -> Iterator[tuple[str, ...]]:
    """Give the short forms of a room's exercises as steps."""
    for name, module in exercises(room).items():
        if hasattr(module, "SHORT"):
            yield (f"tests.commands.{word}", name, *module.SHORT)


def timed(step: Sequence[str]) -> bool:
    """Run a step; what it says is told at its end, together."""
    since = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", *step],
        check=False,
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    took = time.monotonic() - since
    sys.stdout.write(f"\n--- {' '.join(step)}\n{done.stdout}--- {took:.1f} s\n")
    sys.stdout.flush()
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
