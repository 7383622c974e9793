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


async def add_checkpoint(connection: Connection, size: int, note: str) -> None:
    """Keep a checkpoint that is not kept yet."""
    await connection.execute(_ADD_CHECKPOINT, {"size": size, "note": note})
