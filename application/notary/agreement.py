"""Whether database and folder agree about what was signed, and with which keys.

What is handed out over HTTP comes from the database: a checkpoint or a key that is gone
or is another one there deceives whoever asks, though the log itself is in order.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from time import monotonic
from typing import Final

from application import named_sql
from application.notary import signed_log
from application.notary.copies import Copy, PublishedCopy
from application.notary.faults import Fault, Kind, Where
from application.notary.key_history import KeyHistory
from application.notary.leading import Root
from application.notary.note import NoteError
from application.notary.published import CHECKPOINTS, KEY
from application.register import Connection

_STATE: Final = named_sql.load(__file__)["state"]
SETTLED: Final = 2.0
"""Seconds within which a notary at work has brought database and folder together."""
_LOOK: Final = 0.1


async def settled(is_so: Callable[[], Awaitable[bool]]) -> bool:
    """Whether something is so, or becomes so while the notary finishes its work."""
    until = monotonic() + SETTLED
    while not await is_so():
        if monotonic() > until:
            return False
        await asyncio.sleep(_LOOK)
    return True


async def of_checkpoints(
    database: Copy, published: Copy, brought: Root | None
) -> list[Fault]:
    """Of each copy the largest checkpoint that it lacks, though there is one.

    `brought` is one that somebody holds. The database is read first, because
    a checkpoint is published before the database has it.
    """
    held = {0, *await database.checkpoints()}
    told = {0, *await published.checkpoints()}
    everywhere = held | told | (set() if brought is None else {brought.size})

    newest = max(everywhere)

    async def is_held() -> bool:
        return newest in await database.checkpoints()

    if everywhere - held == {newest} and await settled(is_held):
        held.add(newest)
    return [
        *_lacking(published, everywhere - told),
        *_lacking(database, everywhere - held),
    ]


def _lacking(copy: Copy, sizes: set[int]) -> Iterator[Fault]:
    if sizes:
        file = f"{CHECKPOINTS}/{max(sizes)}"
        yield Fault(where=copy.where, kind=Kind.CHECKPOINT_MISSING, file=file)


async def of_keys(connection: Connection, published: PublishedCopy) -> list[Fault]:
    """Whether both have the same keys, each introduced by the one before."""
    kept, told = await _kept(connection), _told(published)
    faults = [
        Fault(where=where, kind=Kind.KEYS_DIFFER, file=KEY)
        for where, history in ((Where.DATABASE, kept), (Where.PUBLISHED, told))
        if isinstance(history, NoteError)
    ]
    if faults or kept == told:
        return faults
    if _continues(kept, told):
        where = Where.PUBLISHED
    else:

        async def is_kept() -> bool:
            return await _kept(connection) == told

        # A new key is published before the database has it.
        if _continues(told, kept) and await settled(is_kept):
            return []
        where = Where.DATABASE
    return [Fault(where=where, kind=Kind.KEYS_DIFFER, file=KEY)]


async def _kept(connection: Connection) -> KeyHistory | NoteError | None:
    try:
        return await signed_log.history(connection)
    except NoteError as fault:
        return fault


def _told(published: PublishedCopy) -> KeyHistory | NoteError | None:
    try:
        return published.history()
    except NoteError as fault:
        return fault


def _continues(
    longer: KeyHistory | NoteError | None, shorter: KeyHistory | NoteError | None
) -> bool:
    """Whether one history is the other with more keys behind it."""
    if not isinstance(longer, KeyHistory):
        return False
    if not isinstance(shorter, KeyHistory):
        return shorter is None
    begin = longer.introductions[: len(shorter.introductions)]
    return (longer.first, begin) == (shorter.first, shorter.introductions)


async def of_state(connection: Connection, signed: int) -> list[Fault]:
    """Whether the database says rightly how long its log is.

    `signed` entries are covered by the latest checkpoint: it can't be shorter.
    """
    cursor = await connection.execute(_STATE)
    row = await cursor.fetchone()
    if row is not None and row[0] == row[1] >= signed:
        return []
    index = None if row is None else row[0]
    return [Fault(where=Where.DATABASE, kind=Kind.STATE_DIFFERS, index=index)]
