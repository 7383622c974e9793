"""Signs checkpoints and publishes what they cover; introduces new keys.

Nothing is signed that does not continue the checkpoint before: the tree is worked out
anew from what was published and from the entries behind that.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from psycopg import AsyncConnection

from application.notary import ledger, publishing, signed_log, tree
from application.notary.checkpoint import Checkpoint, Introduction, SignedCheckpoint
from application.notary.key_history import KeyHistory
from application.notary.note import NoteError, SigningKey, VerifierKey
from application.notary.published import CHECKPOINT, CHECKPOINTS
from application.notary.publisher import Publisher
from application.notary.refusals import (
    OtherLogError,
    Refusal,
    RefusedError,
    ShortLogError,
)
from application.notary.signing_file import SigningFile
from application.register import Connection

log = structlog.get_logger(__name__)


class Notary:
    """Of several processes one signs at a time: it holds the key file meanwhile."""

    def __init__(
        self, url: str, key: Path, folder: Path, origin: str | None = None
    ) -> None:
        """`origin` names the log when its first key is made, and never again."""
        self._url = url
        self._file = SigningFile(key)
        self._published = Publisher(folder)
        self._origin = origin
        self._has_looked = False

    async def checkpoint(self) -> SignedCheckpoint:
        """Sign what is sealed by now, unless that is signed already; answers it.

        Raises NotaryError, KeyFileError, NoteError, LeafError, ChangedFileError,
        MissingTileError.
        """
        async with self._alone() as connection:
            key, history = await self._keys(connection)
            return await self._checkpoint(connection, key, history)

    async def rotate(self) -> VerifierKey:
        """Make a new key and introduce it; what was signed stays as good as it was.

        What is sealed by now is signed with the old key first, so that the introduction
        names the largest tree that this one has signed. Raises what
        `checkpoint` raises.
        """
        async with self._alone() as connection:
            key, history = await self._keys(connection)
            last = await self._checkpoint(connection, key, history)
            new = self._file.make_next(key.verifier.name)
            introduction = Introduction(
                origin=key.verifier.name,
                n=history.count + 1,
                key=new.verifier,
                size=last.told.size,
            )
            history = history.followed_by(introduction.signed(key, new))
            await asyncio.to_thread(self._published.publish_keys, history)
            self._file.take_next()
            await signed_log.add_keys(connection, history)
            log.info("notary_key_introduced", key=str(new.verifier))
            return new.verifier

    async def note(self, *, refused: bool) -> None:
        """Let who has no key know whether checkpoints are made; raises psycopg.Error.

        Without holding the key file, which may be what is wrong.
        """
        async with self._connected() as connection:
            await ledger.note_signing(connection, refused=refused)

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[Connection]:
        held = self._file.held()
        await asyncio.to_thread(held.__enter__)
        try:
            async with self._connected() as connection:
                yield connection
        finally:
            held.__exit__(None, None, None)

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[Connection]:
        async with await AsyncConnection.connect(
            self._url, autocommit=True, application_name="notary"
        ) as connection:
            await connection.execute(ledger.TAKE_ROLE)
            yield connection

    async def _keys(self, connection: Connection) -> tuple[SigningKey, KeyHistory]:
        """The key that signs, and every key there was; made at the first start."""
        kept = await signed_log.history(connection)
        published = self._published.history()
        history = published or kept
        key = self._file.read()
        if history is None:
            key = key or self._file.make(self._origin)
            history = KeyHistory(key.verifier)
        elif key is None:
            raise RefusedError(Refusal.KEY_GONE)
        elif (following := self._file.read_next()) is not None:
            # A rotation died: it is finished if the new key was introduced.
            if following.verifier == history.present:
                self._file.take_next()
                key = following
            else:
                self._file.forget_next()
        if key.verifier != history.present:
            raise RefusedError(Refusal.OTHER_KEY)
        if kept is not None and kept.keys != history.keys[: kept.count]:
            raise RefusedError(Refusal.OTHER_KEYS_KEPT)
        await asyncio.to_thread(self._published.publish_keys, history)
        if kept is None or kept.count < history.count:
            await signed_log.add_keys(connection, history)
        return key, history

    async def _checkpoint(
        self, connection: Connection, key: SigningKey, history: KeyHistory
    ) -> SignedCheckpoint:
        begin = Checkpoint(key.verifier.name, 0, tree.EMPTY_ROOT)
        note = self._published.read(CHECKPOINT)
        published = begin if note is None else history.believed(note)
        last = await self._last(connection, history)
        size = (await ledger.standing(connection)).size
        if last is not None and last.note == note and published.size == size:
            return last
        edge = await publishing.publish(
            connection, self._published, published, last.told if last else begin, size
        )
        if last is not None and last.told.size == size:
            signed = last
        else:
            told = Checkpoint(key.verifier.name, size, edge.root())
            signed = SignedCheckpoint(told, told.signed(key))
        if published.size < size and last is not None and last.told != published:
            await publishing.publish_kept(connection, self._published, history)
        await asyncio.to_thread(self._published.publish_checkpoint, size, signed.note)
        await signed_log.add_checkpoint(connection, size, signed.note)
        log.info("checkpoint_signed", size=size, root=signed.told.root.hex())
        return signed

    async def _last(
        self, connection: Connection, history: KeyHistory
    ) -> SignedCheckpoint | None:
        """The largest checkpoint that there is, in the folder or in the database.

        The log has to be the continuation of every one of them: a folder that was lost
        does not set it free.
        """
        published = await self._published_before(history)
        told = [*published, *await _kept(connection, history)]
        if not told:
            return None
        last = max(told, key=lambda each: each.told.size)
        if last not in published:
            log.warning("published_log_gone", size=last.told.size)
        await signed_log.add_checkpoint(connection, last.told.size, last.note)
        size = (await ledger.standing(connection)).size
        if size < last.told.size:
            raise ShortLogError(size, last.told.size)
        for each in {each.told for each in told}:
            if await ledger.root(connection, each.size) != each.root:
                raise OtherLogError
        return last

    async def _published_before(self, history: KeyHistory) -> list[SignedCheckpoint]:
        """The latest, and the largest: a process that died may have left one alone.

        Years of them are looked through once, when this process signs first.
        """
        names = [CHECKPOINT]
        if not self._has_looked:
            sizes = await asyncio.to_thread(self._published.sizes)
            names += [f"{CHECKPOINTS}/{size}" for size in sizes[-1:]]
        notes = [self._published.read(name) for name in names]
        found = [
            SignedCheckpoint(history.believed(note), note)
            for note in notes
            if note is not None
        ]
        self._has_looked = True
        return found


async def _kept(
    connection: Connection, history: KeyHistory
) -> Sequence[SignedCheckpoint]:
    """The latest one in the database, which may have been written by anybody."""
    kept = await signed_log.latest(connection)
    if kept is None:
        return ()
    try:
        return (SignedCheckpoint(history.believed(kept.note), kept.note),)
    except NoteError as fault:
        raise RefusedError(Refusal.LAST_NOT_OURS) from fault
