"""The log as it is told to whoever asks: nothing is handed out that is not ours.

What was signed is read from the database, whose owner may have written there what he
likes; it is held to the keys that were published, which he can't reach.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from application.notary import signed_log
from application.notary.key_history import KeyHistory
from application.notary.leaf import LeafError
from application.notary.note import NoteError
from application.notary.published import Published
from application.notary.signed_log import Signed
from application.notary.tiles import MissingTileError
from application.notary.tree import ProofError
from application.register import Connection


class UntrueLogError(Exception):
    """What the database holds of the log is not what was signed: nothing is told."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@contextmanager
def told_truly() -> Iterator[None]:
    """Raise UntrueLogError for whatever in the log can't be read or proved."""
    try:
        yield
    except (NoteError, LeafError, MissingTileError, ProofError) as fault:
        raise UntrueLogError(str(fault)) from fault


class ToldLog:
    """Reads what was signed, and believes the published keys alone.

    A machine without the folder has the keys from the database: each is introduced by
    the one before, and whoever asks compares the first one with his own.
    """

    def __init__(self, folder: Path) -> None:
        self._published = Published(folder)

    async def history(self, connection: Connection) -> KeyHistory | None:
        """Read the keys; None before the first one. Raises UntrueLogError."""
        with told_truly():
            kept = await signed_log.history(connection)
            told = await asyncio.to_thread(self._published.history)
        if kept is None:
            # The notary publishes a key, then enters it, and only then signs.
            if await signed_log.latest(connection) is not None:
                raise UntrueLogError("the database holds no key")
            return None
        if told is not None and (told.first, told.introductions[: kept.count - 1]) != (
            kept.first,
            kept.introductions,
        ):
            raise UntrueLogError("the database holds other keys than were published")
        return kept

    async def latest(self, connection: Connection) -> Signed | None:
        """Read the last checkpoint; None before the first. Raises UntrueLogError."""
        signed = await signed_log.latest(connection)
        history = await self.history(connection)
        if signed is None or history is None:
            return None
        with told_truly():
            history.believed(signed.note)
        return signed
