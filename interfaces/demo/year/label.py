"""The label on the demo's data folder: which year it holds, and whether all of it.

A register can't be cleared, so the demo never enters invented cases into one that is
not its own.
"""

from pathlib import Path
from typing import Any

import msgspec
import psycopg

from application import register
from interfaces.trouble import OperatorError

NAME = "demo.json"


class Label(msgspec.Struct, frozen=True):
    """What stands on the folder."""

    seed: int
    cases: int
    whole: bool = False
    """Whether the year was entered to its end."""


def read(folder: Path) -> Label | None:
    """The label, if the folder has one."""
    file = folder / NAME
    if not file.exists():
        return None
    return msgspec.json.decode(file.read_bytes(), type=Label)


def put(folder: Path, label: Label) -> None:
    """Label the folder."""
    (folder / NAME).write_bytes(msgspec.json.encode(label))


async def must_be_empty(connection: psycopg.AsyncConnection[Any], folder: Path) -> None:
    """Refuse to enter invented cases beside others; OperatorError says which."""
    if await register.head(connection) == 0:
        return
    if read(folder) is None:
        raise OperatorError(
            indonesian=f"{folder} berisi register yang bukan peragaan.",
            english=f"{folder} holds a register that is not the demo's.",
        )
    raise OperatorError(
        indonesian=f"Peragaan di {folder} terputus; hapus folder itu, lalu mulai lagi.",
        english=f"The demo in {folder} was interrupted; remove it and begin anew.",
    )
