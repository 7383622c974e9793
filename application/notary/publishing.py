"""Publishes what the log holds behind a checkpoint, held to what was signed before."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Final

import msgspec

from application.notary import leaf, ledger, signed_log, tree
from application.notary.checkpoint import Checkpoint
from application.notary.key_history import KeyHistory
from application.notary.published import CHECKPOINTS
from application.notary.publisher import Publisher
from application.notary.refusals import Refusal, RefusedError
from application.notary.tiles import FULL, WIDTH, Edge, Spot
from application.notary.tree import HASH
from application.register import Connection

STRETCH: Final = 64 * WIDTH
"""Entries published at a time; memory stays flat however long the log is."""


class _Stretch(msgspec.Struct, frozen=True):
    """Entries from the beginning of a bundle on, and the tiles that they change."""

    begin: int
    entries: Sequence[bytes]
    tiles: Mapping[Spot, bytes]


async def publish(
    connection: Connection,
    folder: Publisher,
    published: Checkpoint,
    signed: Checkpoint,
    size: int,
) -> Edge:
    """Publish the log up to a size; answers the edge of its tree.

    `published` is how far the folder is, `signed` the largest tree that was ever
    signed: where the folder was lost, the entries have to lead to that one first.
    Raises NotaryError, LeafError, ChangedFileError, MissingTileError.
    """
    if published.size < signed.size:
        # Looked through before anything is written that could not be taken back.
        edge = await _edge(folder, published)
        async for _ in _grown(connection, edge, signed.size):
            pass
        _must_be_at(edge, signed)
    edge = await _edge(folder, published)
    for upto in (signed.size, size):
        async for stretch in _grown(connection, edge, upto):
            await asyncio.to_thread(_write, folder, stretch)
        if upto == signed.size:
            _must_be_at(edge, signed)
    await asyncio.to_thread(folder.add_tiles, edge.partial())
    if await ledger.root(connection, size) != edge.root():
        raise RefusedError(Refusal.TILES_DIFFER)
    return edge


async def publish_kept(
    connection: Connection, folder: Publisher, history: KeyHistory
) -> None:
    """Publish the checkpoints that the database alone has, where the folder was lost.

    Raises NotaryError, NoteError, ChangedFileError, MissingTileError.
    """
    told = set(await asyncio.to_thread(folder.sizes))
    for size in await signed_log.sizes(connection):
        if size in told:
            continue
        note = await signed_log.note_of(connection, size)
        kept = history.believed(note)
        if kept.size != size or await ledger.root(connection, size) != kept.root:
            raise RefusedError(Refusal.CHECKPOINT_NOT_OURS)
        name = f"{CHECKPOINTS}/{size}"
        await asyncio.to_thread(folder.add, name, note.encode())


async def _edge(folder: Publisher, published: Checkpoint) -> Edge:
    edge = await asyncio.to_thread(folder.edge, published.size)
    if edge.root() != published.root:
        raise RefusedError(Refusal.PUBLISHED_TILES_DIFFER)
    return edge


def _must_be_at(edge: Edge, signed: Checkpoint) -> None:
    if edge.root() != signed.root:
        raise RefusedError(Refusal.ENTRIES_LEAD_ELSEWHERE)


async def _grown(
    connection: Connection, edge: Edge, upto: int
) -> AsyncIterator[_Stretch]:
    """Let the edge grow by the log's entries, a stretch at a time."""
    while edge.size < upto:
        # From the beginning of a bundle, whose first part may be published.
        begin = edge.size - edge.size % WIDTH
        end = min(begin + STRETCH, upto)
        entries = await ledger.entries(connection, begin, end)
        if len(entries) < end - begin:
            raise RefusedError(Refusal.ENTRIES_MISSING)
        hashes = b"".join(map(tree.leaf_hash, entries))
        known = HASH * (edge.size - begin)
        if hashes[:known] != edge.partial().get(Spot(0, begin // WIDTH), b""):
            raise RefusedError(Refusal.ENTRIES_DIFFER)
        yield _Stretch(begin, entries, edge.append(hashes[known:]))


def _write(folder: Publisher, stretch: _Stretch) -> None:
    entries = stretch.entries
    for at in range(0, len(entries), WIDTH):
        bundled = entries[at : at + WIDTH]
        n = (stretch.begin + at) // WIDTH
        folder.add_bundle(n, len(bundled), leaf.bundle(bundled))
    full = {spot: tile for spot, tile in stretch.tiles.items() if len(tile) == FULL}
    folder.add_tiles(full)
    folder.flush()
