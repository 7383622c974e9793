"""What a superuser can do to the log itself: to hide a change, or to break proofs."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType

from application.notary import leaf, ledger, signed_log, stored
from application.notary.entering import Bundle, Head, Sealed
from application.notary.faults import Kind, Where
from application.notary.leading import FIRST_POSITION
from application.notary.stored import StoredLine
from application.notary.tiles import WIDTH, Edge
from tests.application.notary.sealed_book import Notary
from tests.load.tampering import Connection, Expected, Mutation, Scene


async def unlock(connection: Connection) -> None:
    """Switch off what keeps the log; comes back with the rollback."""
    await connection.execute("alter table log_tiles disable trigger all")
    await connection.execute("alter table log_entries disable trigger all")
    await connection.execute("alter table log_checkpoints disable trigger all")
    await connection.execute("alter table log_keys disable trigger all")


async def roll_back(connection: Connection) -> None:
    """Make everything as it was before the first line was recorded."""
    await connection.execute(
        "truncate register, log_tiles, log_entries, log_heads, log_checkpoints"
    )
    await connection.execute("update log_state set size = 0")
    await connection.execute("update marks set position = 0")


async def flip_tile(connection: Connection, scene: Scene) -> Expected:
    """One bit of a hash of an entry."""
    index = scene.dice.randrange(len(scene.rows))
    await connection.execute(
        "update log_tiles set hashes = set_byte(hashes, %(at)s,"
        "  get_byte(hashes, %(at)s) # 1) where level = 0 and n = %(n)s",
        {"n": index // WIDTH, "at": index % WIDTH * 32 + scene.dice.randrange(32)},
    )
    row = scene.rows[index]
    return Expected(row.position, (Kind.TILE_DIFFERS,), Where.DATABASE)


async def flip_entry(connection: Connection, scene: Scene) -> Expected:
    """One bit of a sealed entry."""
    n = scene.dice.randrange(-(-len(scene.rows) // WIDTH))
    entries = await ledger.entries(connection, n * WIDTH, (n + 1) * WIDTH)
    chosen = scene.dice.randrange(len(entries))
    spoilt = bytearray(entries[chosen])
    spoilt[scene.dice.randrange(len(spoilt))] ^= 1 << scene.dice.randrange(8)
    entries[chosen] = bytes(spoilt)
    await connection.execute(
        "update log_entries set entries = %s where n = %s", [leaf.bundle(entries), n]
    )
    row = scene.rows[n * WIDTH + chosen]
    return Expected(row.position, (Kind.ENTRIES_DIFFER,), Where.DATABASE)


async def drop_bundle(connection: Connection, scene: Scene) -> Expected:
    """A bundle of entries."""
    n = scene.dice.randrange(-(-len(scene.rows) // WIDTH))
    await connection.execute("delete from log_entries where n = %s", [n])
    row = scene.rows[n * WIDTH]
    return Expected(row.position, (Kind.ENTRIES_DIFFER,), Where.DATABASE)


async def drop_checkpoint(connection: Connection, scene: Scene) -> Expected:
    """A checkpoint that was published."""
    del scene
    await connection.execute(
        "delete from log_checkpoints"
        " where size = (select size from log_checkpoints order by random() limit 1)"
    )
    return Expected(None, (Kind.CHECKPOINT_MISSING,), Where.DATABASE)


async def swap_key(connection: Connection, scene: Scene) -> Expected:
    """The key that is told to whoever asks."""
    del scene
    key = Notary().verifier_key
    await connection.execute("update log_keys set verifier_key = %s", [key])
    return Expected(None, (Kind.KEYS_DIFFER,), Where.DATABASE)


async def shift_state(connection: Connection, scene: Scene) -> Expected:
    """How long the log is said to be."""
    by = scene.dice.choice((-1, 1))
    await connection.execute("update log_state set size = size + %s", [by])
    return Expected(None, (Kind.STATE_DIFFERS,), Where.DATABASE)


async def shift_head(connection: Connection, scene: Scene) -> Expected:
    """Which version of a history was sealed last."""
    row = scene.one()
    by = scene.dice.choice((-1, 1))
    await connection.execute(
        "update log_heads set version = version + %s where stream = %s",
        [by, row.stream],
    )
    return Expected(None, (Kind.HEAD_DIFFERS,), Where.DATABASE)


LOG_ALONE: tuple[Mutation, ...] = (
    flip_tile,
    flip_entry,
    drop_bundle,
    drop_checkpoint,
    swap_key,
    shift_state,
    shift_head,
)


async def roll_back_all(connection: Connection, scene: Scene) -> Expected:
    """Everything in the database, to the first day; the folder comes with it."""
    del scene
    await roll_back(connection)
    return Expected(None, (Kind.ROOT_DIFFERS,), Where.DATABASE)


async def seal_anew(connection: Connection, forger: Notary) -> None:
    """Make the database's log anew of the register as it is now, signed by the forger.

    What the sealer would refuse is sealed too.
    """
    await connection.execute(
        "truncate log_tiles, log_entries, log_heads, log_checkpoints"
    )
    lines = await all_lines(connection)
    heads: dict[bytes, Head] = {}
    entries: list[bytes] = []
    for index, line in enumerate(lines):
        last = heads.get(line.stream)
        entry = leaf.encode(line, leaf.NOTHING_BEFORE if last is None else last.hash)
        heads[line.stream] = Head(line.version, index, hashed(entry))
        entries.append(entry)
    await write(connection, lines, entries, forger, heads)


async def all_lines(connection: Connection) -> Sequence[StoredLine]:
    """Every line of the register."""
    return await stored.page_after(connection, FIRST_POSITION, 10**6)


def hashed(entry: bytes) -> bytes:
    """An entry's leaf hash."""
    return sha256(b"\0" + entry).digest()


async def write(
    connection: Connection,
    lines: Sequence[StoredLine],
    entries: Sequence[bytes],
    signer: Notary,
    heads: Mapping[bytes, Head] = MappingProxyType({}),
) -> None:
    """Write a log of these entries, signed."""
    edge = Edge()
    tiles = edge.append(b"".join(map(hashed, entries)))
    bundles = [
        Bundle(n, lines[at].position, leaf.bundle(entries[at : at + WIDTH]))
        for n, at in enumerate(range(0, len(lines), WIDTH))
    ]
    await ledger.write(connection, Sealed(edge.size, tiles, bundles, heads))
    note = signer.note(edge.size, edge.root()).decode()
    await signed_log.add_checkpoint(connection, edge.size, note)
