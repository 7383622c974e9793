"""The table of jobs: what an operator may do at the command line, and nothing else.

An operator has the folder of data and the database; he is no official, and what a job
records never bears an official's id.
"""

from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias

import msgspec

from application.office import strict_toml

FILE: Final = Path(__file__).parent / "authority" / "jobs.toml"
"""The table that comes with the program."""

Writes: TypeAlias = Literal["nothing", "office", "register", "upkeep"]

_Id: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[a-z0-9-]{1,64}$")]
_Text: TypeAlias = Annotated[str, msgspec.Meta(min_length=1)]


class Job(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Commands that are allowed for one reason."""

    id: _Id
    """Stands in the register with what the job entered there; never used again."""
    commands: Annotated[tuple[_Text, ...], msgspec.Meta(min_length=1)]
    writes: Writes
    source: _Text
    """Why the operator may, and what of it he does not do."""


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    job: tuple[Job, ...]


def load(file: Path = FILE) -> tuple[Job, ...]:
    """Read the table; raises DataFileError for a fault, or a command in two rows."""
    jobs = strict_toml.read(file, _Table).job
    seen: set[str] = set()
    for n, job in enumerate(jobs):
        for field, words in (("id", (job.id,)), ("commands", job.commands)):
            for word in words:
                if f"{field} {word}" in seen:
                    problem = f"{word} stands twice"
                    raise strict_toml.fault(file, ("job", n, field), problem)
                seen.add(f"{field} {word}")
    return jobs


def of(command: str, table: tuple[Job, ...]) -> Job:
    """The row of a command; raises LookupError where none allows it."""
    for job in table:
        if command in job.commands:
            return job
    raise LookupError(command)
