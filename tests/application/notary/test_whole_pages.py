"""A register that agrees with its log is told by whole pages; any difference is not."""

from pathlib import Path

import pytest
from psycopg import AsyncConnection

from application.notary import last_entries
from application.notary.copies import DatabaseCopy, PublishedCopy
from application.notary.held_copies import Held
from application.notary.predecessors import Predecessors
from application.notary.verify import verify_register
from application.notary.whole_pages import agree
from tests.application.notary.sealed_book import Notary, introduce, publish, seal
from tests.load import tampered_log, tampering
from tests.projections import lives

LIVES = 150
PUBLISHED = 300
"""Entries that are published; the database has more of them."""
CHANGES = {
    "nothing": "select",
    "a payload": "update register set state = state || ' ' where {last}",
    "a tag": "update register set topic = topic || 'x' where {last}",
    "a metadata text": "update register set metadata = '{{ }}' where {last}",
    "a tag that no entry can hold": (
        "update register set topic = repeat('x', 300) where {last}"
    ),
    "a line taken out": "delete from register where {last}",
    "a tile": "update log_tiles set hashes = sha256(hashes) where level = 0 and n = 1",
    "a tile above": "update log_tiles set hashes = sha256(hashes) where level = 1",
    "a bundle": "update log_entries set entries = entries || 'x' where n = 0",
    "a head": "update log_heads set version = version + 1 where {head}",
    "a head of before": "update log_heads set version = version - 1 where {head}",
    "a head taken out": "delete from log_heads where {head}",
    "a head for nobody": "insert into log_heads values (gen_random_uuid(), 1, 3, 'x')",
}
"""What may be changed, and how."""
LAST = "notification_id = (select max(notification_id) from register)"
HEAD = "index = (select max(index) from log_heads)"


class Told:
    """What progress was told."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, count: int) -> None:
        self.count = count


@pytest.fixture
async def owner(database_url: str, tmp_path: Path):
    """Somebody who may do anything, in a database that is sealed and published."""
    notary = Notary()
    async with await AsyncConnection.connect(
        database_url, autocommit=True
    ) as connection:
        await lives.record(connection, lives.many(LIVES))
        await publish(
            connection, tmp_path, await seal(connection, notary, upto=PUBLISHED)
        )
        await introduce(connection, tmp_path, notary)
        await seal(connection, notary)
        async with connection.transaction(force_rollback=True):
            await tampering.unlock(connection)
            await tampered_log.unlock(connection)
            yield connection, notary


async def _agreed(
    connection: AsyncConnection, notary: Notary, folder: Path
) -> tuple[int | None, Told]:
    database, told = DatabaseCopy(connection), Told()
    sizes = await database.checkpoints()
    roots = [notary.opened(await database.checkpoint(size)) for size in sizes]
    copies = [
        Held(PublishedCopy(folder), PUBLISHED),
        Held(database, roots[-1].size),
    ]
    return await agree(connection, copies, roots, told), told


@pytest.mark.parametrize("change", CHANGES)
async def test_pages_agree_unless_something_was_changed(owner, tmp_path, change):
    connection, notary = owner
    cursor = await connection.execute(
        "select max(notification_id), count(*) from register"
    )
    ((last, lines),) = await cursor.fetchall()
    await connection.execute(CHANGES[change].format(last=LAST, head=HEAD))
    position, told = await _agreed(connection, notary, tmp_path)
    if change == "nothing":
        assert (position, told.count) == (last, lines)
    else:
        assert position is None


async def test_a_changed_published_file_is_a_difference(owner, tmp_path):
    connection, notary = owner
    for name in ("tile/0/000", "tile/entries/000", "tile/1/000.p/1"):
        whole = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        assert (await _agreed(connection, notary, tmp_path))[0] is None
        (tmp_path / name).write_bytes(whole)
    assert (await _agreed(connection, notary, tmp_path))[0] is not None


async def test_what_no_checkpoint_leads_to_is_a_difference(owner, tmp_path):
    connection, notary = owner
    note = notary.note(250, bytes(32)).decode()
    await connection.execute("insert into log_checkpoints values (250, %s)", [note])
    assert (await _agreed(connection, notary, tmp_path))[0] is None


async def test_a_stream_that_was_forgotten_is_looked_up(owner, tmp_path, monkeypatch):
    """With hardly any memory streams are forgotten, and their heads held before."""
    for module in ("copies", "leading", "whole_pages"):
        monkeypatch.setattr(f"application.notary.{module}.STRETCH", 1)
    monkeypatch.setattr(last_entries, "KEPT", 0)
    connection, notary = owner
    await connection.execute(
        "insert into register (originator_id, originator_version, topic, state)"
        " select originator_id, originator_version + 1, topic, state from register"
        "  where originator_id = (select originator_id from register"
        "                          order by notification_id limit 1)"
        "  order by originator_version desc limit 1"
    )
    await seal(connection, notary)
    assert (await _agreed(connection, notary, tmp_path))[0] is not None
    verdict = await verify_register(connection, notary.opened)
    assert verdict.sound, verdict.faults

    async def nowhere(*_: object) -> None:
        return None

    monkeypatch.setattr(Predecessors, "hash_of", nowhere)
    assert (await _agreed(connection, notary, tmp_path))[0] is None, "the control"
