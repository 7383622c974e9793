"""Which generation of the key-encryption key is current, and which are still in use.

The database says which ones; their files hold them.
"""

from pathlib import Path
from typing import Any, Final

from psycopg import AsyncConnection

from application import keys, named_sql
from application.keys import KeyEncryptionKey, KeyFiles

_SQL = named_sql.load(__file__)
_CLAIM = _SQL["claim"]
_KNOWN = _SQL["known"]

OLDER_KEY: Final = "kek_generation"
"""The constraint that refuses what an older generation wrapped."""


class OtherKeyError(Exception):
    """The key files are not those that this database's people were sealed with."""

    def __init__(self, generation: int) -> None:
        super().__init__(
            f"this database was sealed with another key-encryption key (generation "
            f"{generation}): put the key file that belongs to it in place"
        )
        self.generation = generation


class LostKeyError(OtherKeyError):
    """No key file is left of a database that was sealed with one."""

    def __init__(self, generation: int, path: Path) -> None:
        super().__init__(generation)
        self.path = path


async def load(conn: AsyncConnection[Any], path: Path) -> KeyEncryptionKey:
    """Read the database's key, or make the first one of a new database.

    Raises `keys.KeyFileError`, and `LostKeyError` before anything is made: a new key
    in the lost one's place opens nothing, and could be taken for it in a backup.
    """
    known = await (await conn.execute(_KNOWN)).fetchall()
    files = KeyFiles(path)
    if known and not files.generations:
        generation, _ = known[-1]
        raise LostKeyError(generation, files.file(generation))
    return keys.load(path)


async def must_fit(conn: AsyncConnection[Any], kek: KeyEncryptionKey) -> None:
    """Take a new database for this key; `OtherKeyError` when it has another.

    The connection is the owner's.
    """
    await conn.execute(
        _CLAIM, {"generation": kek.current, "fingerprint": kek.fingerprint}
    )
    await follow(conn, kek)


async def follow(conn: AsyncConnection[Any], kek: KeyEncryptionKey) -> frozenset[int]:
    """Wrap with the latest generation from now on; answer those still in use.

    Raises `OtherKeyError` where a file of one of them is missing or another's.
    """
    known = await (await conn.execute(_KNOWN)).fetchall()
    for generation, fingerprint in known:
        if not kek.knows(generation) or kek.fingerprint_of(generation) != fingerprint:
            raise OtherKeyError(generation)
        kek.current = generation
    return frozenset(generation for generation, _ in known)
