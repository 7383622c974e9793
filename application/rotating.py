"""A new key-encryption key takes the place of the old one while the program serves.

Persons' data are not sealed anew: only their keys are wrapped by another generation,
a page at a time. Broken off anywhere, the next run goes on; the old generation's file
is destroyed when nothing needs it any longer. What an older backup, a dead row or the
write-ahead log still holds opens with nothing then, erased persons' keys above all.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec
from psycopg import AsyncConnection

from application import arrays, key_generations, named_sql
from application.cipher import SealBrokenError
from application.documents import document_place
from application.keys import KeyEncryptionKey, KeyFiles
from application.sealing import person_place, secret_place

_SQL = named_sql.load(__file__)
_PAGE: Final = 1000
"""Keys that are wrapped anew in one transaction; erasures wait for it."""


class RotationUnderWayError(Exception):
    """Another process is at it."""


class BrokenKeyError(Exception):
    """A wrapped key does not open: it was changed, and nothing is ended."""

    def __init__(self, holder: str) -> None:
        super().__init__(f"the wrapped key of {holder} does not open")
        self.holder = holder


class Progress(msgspec.Struct, frozen=True):
    """How far a rotation is, in wrapped keys."""

    done: int
    total: int


class Rotated(msgspec.Struct, frozen=True):
    """What came of it."""

    generation: int
    """The one in use now."""
    wrapped: int
    """Keys that this run wrapped anew."""
    destroyed: tuple[int, ...]
    """Generations whose files are gone."""


Told = Callable[[Progress], None]


async def rotate(
    conn: AsyncConnection[Any],
    files: KeyFiles,
    kek: KeyEncryptionKey,
    told: Told = lambda _: None,
) -> Rotated:
    """Begin a new generation, or go on with one that was begun; then end the old ones.

    A run that was killed at the very end left files that nothing needs: they go.

    The connection is the owner's and commits by itself. Raises
    `RotationUnderWayError`, and `key_generations.OtherKeyError` where a file of the
    database's keys is missing.
    """
    held = await (await conn.execute(_SQL["hold"])).fetchone()
    if held is None or not held[0]:
        raise RotationUnderWayError
    await key_generations.must_fit(conn, kek)
    in_use = await key_generations.follow(conn, kek)
    if len(in_use) == 1 and min(files.generations) == kek.current:
        await _begin(conn, files, kek)
    wrapped = await _rewrap(conn, kek, told)
    destroyed = await _end_older(conn, files, kek)
    for tidy in ("tidy_persons", "tidy_documents"):
        await conn.execute(_SQL[tidy])
    return Rotated(kek.current, wrapped, destroyed)


async def _begin(
    conn: AsyncConnection[Any], files: KeyFiles, kek: KeyEncryptionKey
) -> None:
    """The file first, then the line: what is announced can be found by everybody."""
    # A file that was made by a run that ended before it was announced is taken.
    new = files.generations[-1]
    if new == kek.current:
        new += 1
        files.make(new)
    assert kek.knows(new)
    async with conn.transaction():
        await conn.execute(_SQL["wait_for_writers"])
        await conn.execute(
            _SQL["begin"],
            {"generation": new, "fingerprint": kek.fingerprint_of(new)},
        )
        await conn.execute(_SQL["tell"])
    kek.current = new


async def _rewrap(conn: AsyncConnection[Any], kek: KeyEncryptionKey, told: Told) -> int:
    """Nothing is wrapped by an older generation meanwhile, so one passage is enough."""
    generation = {"generation": kek.current}
    counted = await (await conn.execute(_SQL["count"], generation)).fetchone()
    progress = Progress(0, 0 if counted is None else counted[0])
    told(progress)
    for passage in (_rewrap_persons, _rewrap_documents):
        after: Sequence[Any] | None = None
        while True:
            after, wrapped = await passage(conn, kek, after)
            if after is None:
                break
            progress = Progress(progress.done + wrapped, progress.total)
            told(progress)
    secrets = await (await conn.execute(_SQL["secrets"], generation)).fetchall()
    for name, old in secrets:
        new = _rewrapped(kek, old, secret_place(name), name)
        await conn.execute(
            _SQL["rewrap_secret"], {"name": name, "old": old, "new": new}
        )
    progress = Progress(progress.done + len(secrets), progress.total)
    told(progress)
    return progress.done


async def _rewrap_persons(
    conn: AsyncConnection[Any], kek: KeyEncryptionKey, after: Sequence[Any] | None
) -> tuple[Sequence[Any] | None, int]:
    cursor = conn.cursor(binary=True)
    await cursor.execute(
        _SQL["persons"],
        {
            "after": UUID(int=0) if after is None else after[0],
            "generation": kek.current,
            "limit": _PAGE,
        },
    )
    rows = await cursor.fetchall()
    if not rows:
        return None, 0
    await cursor.execute(
        _SQL["rewrap_persons"],
        {
            "person": arrays.uuids([person for person, _ in rows]),
            "old": arrays.byteas([old for _, old in rows]),
            "new": arrays.byteas(
                [
                    _rewrapped(kek, old, person_place(person), str(person))
                    for person, old in rows
                ]
            ),
        },
    )
    return rows[-1], cursor.rowcount


async def _rewrap_documents(
    conn: AsyncConnection[Any], kek: KeyEncryptionKey, after: Sequence[Any] | None
) -> tuple[Sequence[Any] | None, int]:
    cursor = conn.cursor(binary=True)
    sha256, agency = (b"", "") if after is None else after[:2]
    await cursor.execute(
        _SQL["documents"],
        {
            "sha256": sha256,
            "agency": agency,
            "generation": kek.current,
            "limit": _PAGE,
        },
    )
    rows = await cursor.fetchall()
    if not rows:
        return None, 0
    await cursor.execute(
        _SQL["rewrap_documents"],
        {
            "sha256": arrays.byteas([sha256 for sha256, _, _ in rows]),
            "agency": arrays.texts([agency for _, agency, _ in rows]),
            "old": arrays.byteas([old for _, _, old in rows]),
            "new": arrays.byteas(
                [
                    _rewrapped(kek, old, document_place(agency, sha256), sha256.hex())
                    for sha256, agency, old in rows
                ]
            ),
        },
    )
    return rows[-1], cursor.rowcount


def _rewrapped(
    kek: KeyEncryptionKey, wrapped: bytes, bound_to: bytes, holder: str
) -> bytes:
    try:
        return kek.rewrap(wrapped, bound_to)
    except SealBrokenError:
        raise BrokenKeyError(holder) from None


async def _end_older(
    conn: AsyncConnection[Any], files: KeyFiles, kek: KeyEncryptionKey
) -> tuple[int, ...]:
    """First nobody knows them, then they are not there: a killed run leaves files."""
    left = await (
        await conn.execute(_SQL["count"], {"generation": kek.current})
    ).fetchone()
    assert left == (0,), "a key is wrapped by an older generation still"
    async with conn.transaction():
        await conn.execute(_SQL["retire"], {"generation": kek.current})
        await conn.execute(_SQL["tell"])
    older = [one for one in files.generations if one < kek.current]
    for generation in older:
        files.destroy(generation)
    return tuple(older)
