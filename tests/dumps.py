"""Backups as an administrator makes them: PostgreSQL's own pg_dump and pg_restore."""

import subprocess
from pathlib import Path

from interfaces.postgres import Account, Programs


def dump(url: str, file: Path, form: str = "custom") -> None:
    """Write the whole database into a file; `plain` is a script that people read."""
    _run("pg_dump", "--dbname", url, "--format", form, "--file", str(file))


def restore(file: Path, url: str) -> None:
    """Fill an empty database from a dump in the custom form."""
    _run("pg_restore", "--dbname", url, "--exit-on-error", str(file))


def _run(name: str, *arguments: str) -> None:
    programs = Programs.found(None, Account.for_files_of(Path("/nonexistent")))
    subprocess.run(
        [str(programs.folder / name), *arguments],
        check=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
