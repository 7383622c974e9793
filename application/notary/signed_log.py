"""Checkpoints and verifier keys as the database holds them, beside the folder.

The folder is what counts: the database's owner may write what he likes here, but he has
no key to sign it with.
"""

from datetime import datetime

import msgspec

from application import named_sql
from application.notary.checkpoint import Checkpoint
from application.notary.key_history import KeyHistory
from application.notary.note import Note
from application.register import Connection

_SQL = named_sql.load(__file__)
_KEYS = _SQL["keys"]
_ADD_KEY = _SQL["add_key"]
_LATEST = _SQL["latest"]
_SIZES = _SQL["sizes"]
_OF_SIZE = _SQL["of_size"]
_ADD_CHECKPOINT = _SQL["add_checkpoint"]


class Signed(msgspec.Struct, frozen=True):
    """A checkpoint as it was signed."""

    note: str
    made_at: datetime

    @property
    def checkpoint(self) -> Checkpoint:
        """What it says; whether its signature holds is for its reader to find out."""
        return Checkpoint.read(Note.read(self.note).text)


async def history(connection: Connection) -> KeyHistory | None:
    """Read the keys; None before the first one. Raises NoteError for a broken chain."""
    cursor = await connection.execute(_KEYS)
    rows = await cursor.fetchall()
    if not rows:
        return None
    return KeyHistory.read(rows[0][0], [introduction for _, introduction in rows[1:]])


async def add_keys(connection: Connection, keys: KeyHistory) -> None:
    """Keep keys that are not kept yet."""
    told = [None, *keys.introductions]
    for n, (key, introduction) in enumerate(zip(keys.keys, told, strict=True), 1):
        row = {"n": n, "verifier_key": str(key), "introduction": introduction}
        await connection.execute(_ADD_KEY, row)


async def latest(connection: Connection) -> Signed | None:
    """Read the last checkpoint; None before the first one."""
    cursor = await connection.execute(_LATEST, prepare=True)
    row = await cursor.fetchone()
    return None if row is None else Signed(*row)


async def sizes(connection: Connection) -> list[int]:
    """Say of which sizes there are checkpoints, in their order."""
    cursor = await connection.execute(_SIZES)
    return [size for (size,) in await cursor.fetchall()]


async def note_of(connection: Connection, size: int) -> str:
    """Read the checkpoint of a size that there is."""
    cursor = await connection.execute(_OF_SIZE, {"size": size}, prepare=True)
    row = await cursor.fetchone()
    return "" if row is None else str(row[0])


async def add_checkpoint(connection: Connection, size: int, note: str) -> None:
    """Keep a checkpoint that is not kept yet."""
    await connection.execute(_ADD_CHECKPOINT, {"size": size, "note": note})
