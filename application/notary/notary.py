"""Signs checkpoints and publishes what they cover; introduces new keys.

Nothing is signed that does not continue the checkpoint before: the tree is worked out
anew from what was published and from the entries behind that.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import structlog
from psycopg import AsyncConnection

from application.notary import leaf, ledger, signed_log, tree
from application.notary.checkpoint import Checkpoint, Introduction
from application.notary.key_history import KeyHistory
from application.notary.note import SigningKey, VerifierKey
from application.notary.published import CHECKPOINT, Published
from application.notary.signing_file import SigningFile
from application.notary.tiles import FULL, WIDTH, Edge, Spot
from application.notary.tree import HASH
from application.register import Connection

log = structlog.get_logger(__name__)

STRETCH: Final = 64 * WIDTH
"""Entries published at a time; memory stays flat however long the log is."""


class NotaryError(Exception):
    """The notary will not sign; `fault` says why, and an operator has to look."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class Notary:
    """Of several processes one signs at a time: it holds the key file meanwhile."""

    def __init__(
        self, url: str, key: Path, folder: Path, origin: str | None = None
    ) -> None:
        """`origin` names the log when its first key is made, and never again."""
        self._url = url
        self._file = SigningFile(key)
        self._published = Published(folder)
        self._origin = origin

    async def checkpoint(self) -> Checkpoint:
        """Sign what is sealed by now, unless that is signed already; answers it.

        Raises NotaryError, KeyFileError, NoteError, ChangedFileError, MissingTileError.
        """
        async with self._alone() as connection:
            key, history = await self._keys(connection)
            last = await self._last(connection, history)
            size = (await ledger.standing(connection)).size
            if last is not None and last.size == size:
                return last
            begin = Checkpoint(key.verifier.name, 0, tree.EMPTY_ROOT)
            edge = await self._publish(connection, last or begin, size)
            told = Checkpoint(key.verifier.name, size, edge.root())
            note = told.signed(key)
            await asyncio.to_thread(self._published.publish_checkpoint, size, note)
            await signed_log.add_checkpoint(connection, size, note)
            log.info("checkpoint_signed", size=size, root=told.root.hex())
            return told

    async def rotate(self) -> VerifierKey:
        """Make a new key and introduce it; what was signed stays as good as it was.

        Raises what `checkpoint` raises.
        """
        async with self._alone() as connection:
            key, history = await self._keys(connection)
            last = await self._last(connection, history)
            new = self._file.make_next(key.verifier.name)
            introduction = Introduction(
                origin=key.verifier.name,
                n=history.count + 1,
                key=new.verifier,
                size=0 if last is None else last.size,
            )
            history = history.followed_by(introduction.signed(key, new))
            await asyncio.to_thread(self._published.publish_keys, history)
            self._file.take_next()
            await signed_log.add_keys(connection, history)
            log.info("notary_key_introduced", key=str(new.verifier))
            return new.verifier

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[Connection]:
        held = self._file.held()
        await asyncio.to_thread(held.__enter__)
        try:
            async with await AsyncConnection.connect(
                self._url, autocommit=True, application_name="notary"
            ) as connection:
                await connection.execute(ledger.TAKE_ROLE)
                yield connection
        finally:
            held.__exit__(None, None, None)

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
            raise NotaryError("the log has a key, and its file is gone: restore it")
        elif (following := self._file.read_next()) is not None:
            # A rotation died: it is finished if the new key was introduced.
            if following.verifier == history.present:
                self._file.take_next()
                key = following
            else:
                self._file.forget_next()
        if key.verifier != history.present:
            raise NotaryError("the key file is not the one whose key signs this log")
        if kept is not None and kept.keys != history.keys[: kept.count]:
            raise NotaryError("the database holds other keys than were published")
        await asyncio.to_thread(self._published.publish_keys, history)
        if kept is None or kept.count < history.count:
            await signed_log.add_keys(connection, history)
        return key, history

    async def _last(
        self, connection: Connection, history: KeyHistory
    ) -> Checkpoint | None:
        """The checkpoint before, and the log has to be its continuation."""
        note = self._published.read(CHECKPOINT)
        kept = await signed_log.latest(connection)
        if note is None:
            if kept is not None and kept.checkpoint.size:
                log.warning("published_log_gone", size=kept.checkpoint.size)
            return None
        last = history.believed(note)
        await signed_log.add_checkpoint(connection, last.size, note)
        if (await ledger.standing(connection)).size < last.size:
            raise NotaryError("the log is shorter than its last checkpoint")
        if await ledger.root(connection, last.size) != last.root:
            raise NotaryError("the log does not continue its last checkpoint")
        return last

    async def _publish(
        self, connection: Connection, last: Checkpoint, size: int
    ) -> Edge:
        """Publish what came behind a checkpoint; answers the edge of the new tree."""
        edge = await asyncio.to_thread(self._published.edge, last.size)
        if edge.root() != last.root:
            raise NotaryError("the published tiles are not those of their checkpoint")
        while edge.size < size:
            # From the beginning of a bundle, whose first part may be published.
            begin = edge.size - edge.size % WIDTH
            end = min(begin + STRETCH, size)
            entries = await ledger.entries(connection, begin, end)
            if len(entries) < end - begin:
                raise NotaryError("entries of the log are missing")
            hashes = b"".join(map(tree.leaf_hash, entries))
            known = HASH * (edge.size - begin)
            if hashes[:known] != edge.partial().get(Spot(0, begin // WIDTH), b""):
                raise NotaryError("entries of the log are not those published")
            changed = edge.append(hashes[known:])
            await asyncio.to_thread(self._write, begin, entries, changed)
        await asyncio.to_thread(self._published.add_tiles, edge.partial())
        if await ledger.root(connection, size) != edge.root():
            raise NotaryError("the log's tiles are not those of its entries")
        return edge

    def _write(
        self, begin: int, entries: Sequence[bytes], changed: Mapping[Spot, bytes]
    ) -> None:
        for at in range(0, len(entries), WIDTH):
            bundled = entries[at : at + WIDTH]
            n = (begin + at) // WIDTH
            self._published.add_bundle(n, len(bundled), leaf.bundle(bundled))
        full = {spot: each for spot, each in changed.items() if len(each) == FULL}
        self._published.add_tiles(full)
        self._published.flush()
