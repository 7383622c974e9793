"""The notary's own tables: what the sealer writes and what proofs are made of."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from psycopg.rows import class_row
from psycopg.types.string import ByteaBinaryLoader

from application import arrays, named_sql
from application.notary import leaf, tiles
from application.notary.entering import Head, OpenEnd, Sealed
from application.notary.tiles import WIDTH, Edge, Spot, Tiles
from application.notary.tree import Range
from application.register import Connection

_SQL = named_sql.load(__file__)
_STANDING = _SQL["standing"]
_TILES = _SQL["tiles"]
_BUNDLES = _SQL["bundles"]
_BUNDLE_AT = _SQL["bundle_at"]
_HEADS = _SQL["heads"]
_GROW = _SQL["grow"]
_STOP = _SQL["stop"]
_GO_ON = _SQL["go_on"]
_REFUSE = _SQL["refuse"]
_SIGN_AGAIN = _SQL["sign_again"]
_WRITE_TILES = _SQL["write_tiles"]
_WRITE_BUNDLES = _SQL["write_bundles"]
_WRITE_HEADS = _SQL["write_heads"]

TAKE_ROLE = _SQL["take_role"]


class Standing(msgspec.Struct, frozen=True):
    """How far the log has come, and what stopped it if anything did."""

    size: int
    """Entries sealed."""
    stopped_at: int | None
    """Position of a line that can't be sealed: nothing from there on is. Where the log
    itself can't be continued, that of the last line sealed."""
    reason: str | None
    stopped_since: datetime | None


async def standing(connection: Connection) -> Standing:
    """Tell how far the log has come."""
    async with connection.cursor(row_factory=class_row(Standing)) as cursor:
        await cursor.execute(_STANDING)
        found = await cursor.fetchone()
    assert found is not None, "the migration has put the row there"
    return found


async def tiles_at(
    connection: Connection, spots: Collection[Spot]
) -> dict[Spot, bytes]:
    """Read tiles; one that is not there is left out."""
    where = {
        "levels": [spot.level for spot in spots],
        "ns": [spot.n for spot in spots],
    }
    async with connection.cursor(binary=True) as cursor:
        await cursor.execute(_TILES, where, prepare=True)
        return {Spot(level, n): hashes async for level, n, hashes in cursor}


async def hashes(connection: Connection, ranges: Sequence[Range]) -> list[bytes]:
    """Tell the hashes of a proof; raises MissingTileError where the log has a hole."""
    held = await tiles_at(connection, tiles.spots(ranges))
    return Tiles(held).hashes(ranges)


async def root(connection: Connection, size: int) -> bytes:
    """Work out the root that the log has, or had, at a size."""
    (found,) = await hashes(connection, [(0, size)])
    return found


async def entries(connection: Connection, begin: int, end: int) -> list[bytes]:
    """Read the entries of a range of the log; fewer where it has a hole at its end."""
    if begin >= end:
        return []
    held = await bundles(connection, begin // WIDTH, (end - 1) // WIDTH)
    read = [entry for bundled in held.values() for entry in leaf.unbundle(bundled)]
    offset = begin % WIDTH
    return read[offset : offset + end - begin]


async def bundles(connection: Connection, first: int, last: int) -> dict[int, bytes]:
    """Read bundles as they are stored, in their order; those not there are left out."""
    async with connection.cursor(binary=True) as cursor:
        where = {"first": first, "last": last}
        await cursor.execute(_BUNDLES, where, prepare=True)
        return dict(await cursor.fetchall())


async def last_position(connection: Connection, size: int) -> int:
    """Tell where the last line of a log of this size was recorded; 0 before any."""
    if not size:
        return 0
    held = await entries(connection, size - 1, size)
    if not held:
        raise leaf.LeafError("the last bundle lacks entries")
    return leaf.position_of(held[0])


async def bundle(connection: Connection, n: int) -> bytes:
    """Read one bundle as it is stored; empty where there is none."""
    return (await bundles(connection, n, n)).get(n, b"")


async def index_at(connection: Connection, position: int) -> tuple[int, bytes] | None:
    """Find the entry of a position with its index; None while it is not sealed."""
    async with connection.cursor(binary=True) as cursor:
        await cursor.execute(_BUNDLE_AT, {"position": position}, prepare=True)
        row = await cursor.fetchone()
    if row is None:
        return None
    n, bundled = row
    for offset, entry in enumerate(leaf.unbundle(bundled)):
        if leaf.position_of(entry) == position:
            return n * WIDTH + offset, entry
    return None


async def heads(
    connection: Connection, streams: Collection[bytes]
) -> dict[bytes, Head]:
    """Read the last sealed entry of each stream, by the 16 bytes of its UUID."""
    async with connection.cursor(binary=True) as cursor:
        cursor.adapters.register_loader("uuid", ByteaBinaryLoader)
        await cursor.execute(
            _HEADS, {"streams": arrays.raw_uuids(streams)}, prepare=True
        )
        return {row[0]: Head(*row[1:]) for row in await cursor.fetchall()}


async def head(connection: Connection, stream: UUID) -> Head | None:
    """Read the last sealed entry of a stream; None while it has none."""
    return (await heads(connection, [stream.bytes])).get(stream.bytes)


async def open_end(connection: Connection) -> OpenEnd:
    """Read the right end of the log, so that it can grow."""
    size = (await standing(connection)).size
    spots = [spot for spot, width in tiles.edge_widths(size) if width]
    edge = Edge(size, await tiles_at(connection, spots))
    return OpenEnd(edge, await bundle(connection, size // WIDTH))


async def write(connection: Connection, sealed: Sealed) -> None:
    """Keep what a page has become, within the transaction that moves the mark."""
    spots, levels = sealed.tiles, [spot.level for spot in sealed.tiles]
    async with connection.pipeline(), connection.cursor() as cursor:
        tiles_ = {
            "levels": arrays.bigints(levels),
            "ns": arrays.bigints([spot.n for spot in spots]),
            "hashes": arrays.byteas(list(spots.values())),
        }
        await cursor.execute(_WRITE_TILES, tiles_, prepare=True)
        bundles = {
            "ns": arrays.bigints([each.n for each in sealed.bundles]),
            "firsts": arrays.bigints([each.first for each in sealed.bundles]),
            "entries": arrays.byteas([each.entries for each in sealed.bundles]),
        }
        await cursor.execute(_WRITE_BUNDLES, bundles, prepare=True)
        heads_ = sealed.heads.values()
        ends = {
            "streams": arrays.raw_uuids(sealed.heads),
            "versions": arrays.bigints([each.version for each in heads_]),
            "indexes": arrays.bigints([each.index for each in heads_]),
            "hashes": arrays.byteas([each.hash for each in heads_]),
        }
        await cursor.execute(_WRITE_HEADS, ends, prepare=True)
        await cursor.execute(_GROW, {"size": sealed.size}, prepare=True)


async def stop(connection: Connection, position: int, reason: str) -> None:
    """Note that a line can't be sealed, for operators to see."""
    await connection.execute(_STOP, {"position": position, "reason": reason})


async def go_on(connection: Connection) -> None:
    """Note that nothing stops the sealer any more."""
    await connection.execute(_GO_ON)


async def note_signing(connection: Connection, *, refused: bool) -> None:
    """Note whether checkpoints are signed; of a refusal since when."""
    await connection.execute(_REFUSE if refused else _SIGN_AGAIN)
