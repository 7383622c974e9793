"""Whatever is changed in a sealed register is found, and the entry is named."""

import asyncio
import random
import shutil
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import psycopg
import pytest
from psycopg import AsyncConnection

from application.notary import leaf, ledger, tree
from application.notary.copies import DatabaseCopy, PublishedCopy
from application.notary.faults import Kind, Where
from application.notary.verify import Verdict, only_read, verify_register
from tests import house
from tests.application.notary.sealed_book import Notary, enter, introduce, publish, seal
from tests.load import tampered_log, tampering
from tests.projections import lives

LIVES = 60


class Book(msgspec.Struct, frozen=True):
    """A register that was sealed and published, twice."""

    url: str
    folder: Path
    notary: Notary
    first: bytes
    """The first of its checkpoints."""

    async def check(
        self,
        connection: AsyncConnection[Any],
        folder: Path | None = None,
        given: bytes | None = None,
    ) -> Verdict:
        """Check it against what was published, there or in another folder."""
        published = PublishedCopy(folder or self.folder)
        return await verify_register(connection, self.notary.opened, published, given)

    async def check_alone(
        self, connection: AsyncConnection[Any], given: bytes | None = None
    ) -> Verdict:
        """Check the database without the published log."""
        return await verify_register(connection, self.notary.opened, None, given)


async def _made(url: str, folder: Path) -> Book:
    notary = Notary()
    async with await AsyncConnection.connect(url, autocommit=True) as connection:
        await lives.record(connection, lives.many(LIVES))
        first = await seal(connection, notary, upto=100)
        await publish(connection, folder, first)
        await publish(connection, folder, await seal(connection, notary))
        await introduce(connection, folder, notary)
    return Book(url, folder, notary, first)


@pytest.fixture(scope="module")
def book(
    server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Book]:
    with house.fresh(server_url, of=template) as url:
        yield asyncio.run(_made(url, tmp_path_factory.mktemp("log")))


@pytest.fixture
async def owner(book: Book):
    """Somebody who may do anything in the database; it is undone at the end."""
    async with (
        await AsyncConnection.connect(book.url, autocommit=True) as connection,
        connection.transaction(force_rollback=True),
    ):
        await tampering.unlock(connection)
        await tampered_log.unlock(connection)
        yield connection


async def _rows(connection: AsyncConnection[Any]) -> list[tuple[Any, ...]]:
    cursor = await connection.execute(
        "select notification_id, originator_id, originator_version from register"
        " order by notification_id"
    )
    return await cursor.fetchall()


async def test_what_nobody_changed_is_sound(book, owner):
    verdict = await book.check(owner)
    assert verdict.sound, verdict.faults
    assert verdict.size == len(await _rows(owner))
    assert verdict.checkpoints == 5, "two in the database, two published, the latest"
    assert verdict.not_yet_sealed == 0
    assert (await book.check_alone(owner)).sound
    assert (await book.check(owner, given=book.first)).sound


async def test_a_check_can_write_nothing(book):
    async with await AsyncConnection.connect(book.url) as connection:
        await only_read(connection)
        assert (await book.check(connection)).sound
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            await connection.execute("insert into documents default values")
        await connection.execute("set default_transaction_read_only = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await connection.execute("update log_state set size = 0")


async def test_what_is_not_sealed_yet_is_no_fault(book, owner):
    await lives.record(owner, lives.entries(lives.LIVES[0], "BPPD-2026-90001"))
    verdict = await book.check(owner)
    assert verdict.sound
    assert verdict.not_yet_sealed == len(lives.LIVES[0])


CHANGES = {
    "state": "set_byte(state, %(n)s %% length(state),"
    " get_byte(state, %(n)s %% length(state)) # %(bit)s)",
    "metadata": "%(text)s::json",
    "topic": "overlay(topic placing %(letter)s from 1 + %(n)s %% length(topic) for 1)",
    "event_id": "encode(set_byte(uuid_send(event_id), %(n)s %% 16,"
    " get_byte(uuid_send(event_id), %(n)s %% 16) # %(bit)s), 'hex')::uuid",
    "originator_id": "encode(set_byte(uuid_send(originator_id), %(n)s %% 16,"
    " get_byte(uuid_send(originator_id), %(n)s %% 16) # %(bit)s), 'hex')::uuid",
    "originator_version": "originator_version # (256 * %(bit)s)",
    "occurred_at": "occurred_at + %(bit)s * interval '1 us'",
    "recorded_at": "recorded_at - %(bit)s * interval '1 us'",
}
"""Of every column the change of one byte of it."""


@pytest.mark.parametrize("column", CHANGES)
async def test_one_changed_byte_of_any_column_is_found_and_named(book, owner, column):
    dice, rows = random.Random(column), await _rows(owner)
    for position, stream, version in dice.sample(rows, 12):
        cursor = await owner.execute(
            "select metadata::text, topic from register where notification_id = %s",
            [position],
        )
        ((metadata, topic),) = await cursor.fetchall()
        n = dice.randrange(1000)
        letters = set(string.ascii_lowercase) - {topic[n % len(topic)]}
        async with owner.transaction(force_rollback=True):
            await owner.execute(
                f"update register set {column} = {CHANGES[column]}"  # noqa: S608 - ours
                " where notification_id = %(position)s",
                {
                    "position": position,
                    "n": n,
                    "bit": 1 << dice.randrange(8),
                    "letter": dice.choice(sorted(letters)),
                    "text": tampering.altered(metadata, dice),
                },
            )
            verdict = await book.check(owner)
        fault = verdict.faults[0]
        assert not verdict.sound
        assert (fault.position, fault.stream, fault.version) == (
            position,
            stream,
            version,
        )


async def test_a_case_is_named_by_its_number(book, owner):
    position, stream, _ = (await _rows(owner))[50]
    await owner.execute(
        "insert into registrations values ('BPPD-2026-77777', %s)", [stream]
    )
    await owner.execute(
        "update register set event_id = gen_random_uuid() where notification_id = %s",
        [position],
    )
    verdict = await book.check(owner)
    assert verdict.faults[0].registration_number == "BPPD-2026-77777"
    assert verdict.faults[0].kind is Kind.CONTEXT_CHANGED


async def test_a_log_made_anew_hides_nothing_from_what_was_published(book, owner):
    rows = await _rows(owner)
    await owner.execute(
        "update register set state = state || ' ' where notification_id = %s",
        [rows[120][0]],
    )
    await tampered_log.seal_anew(owner, Notary())
    verdict = await book.check(owner)
    assert verdict.faults[0].where is Where.REGISTER
    assert verdict.faults[0].kind is Kind.PAYLOAD_CHANGED
    assert verdict.faults[0].position == rows[120][0]
    kinds = {fault.kind for fault in verdict.faults if fault.where is Where.DATABASE}
    assert kinds >= {Kind.ENTRIES_DIFFER, Kind.CHECKPOINT_UNSIGNED}


async def test_a_checkpoint_in_hand_tells_which_stretch_was_rewritten(book, owner):
    """The published log is gone too: all that is left are two checkpoints."""
    latest = PublishedCopy(book.folder).latest()
    rows = await _rows(owner)
    await owner.execute(
        "update register set state = state || ' ' where notification_id = %s",
        [rows[120][0]],
    )
    await tampered_log.seal_anew(owner, Notary())
    note = book.first.decode()
    await owner.execute("insert into log_checkpoints values (100, %s)", [note])
    verdict = await book.check_alone(owner, latest)
    (fault,) = [one for one in verdict.faults if one.kind is Kind.ROOT_DIFFERS]
    assert (fault.index, fault.upto) == (100, len(rows))


async def test_a_truncated_log_does_not_reach_a_checkpoint_in_hand(book, owner):
    latest = PublishedCopy(book.folder).latest()
    rows = await _rows(owner)
    await owner.execute(
        "delete from register where notification_id >= %s", [rows[150][0]]
    )
    await tampered_log.seal_anew(owner, Notary())
    verdict = await book.check_alone(owner, latest)
    assert not verdict.sound
    assert Kind.ROOT_DIFFERS in {fault.kind for fault in verdict.faults}


async def test_a_total_rollback_is_told_to_whoever_holds_a_checkpoint(
    book, owner, tmp_path
):
    """Everything is as on the first day: the register, the log and the folder."""
    latest = PublishedCopy(book.folder).latest()
    await tampered_log.roll_back(owner)
    note = book.notary.note(0, tree.EMPTY_ROOT)
    for name in ("checkpoint", "checkpoints/0"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(note)
    async with asyncio.timeout(20):
        verdict = await book.check(owner, tmp_path, latest)
    (fault,) = [one for one in verdict.faults if one.kind is Kind.ROOT_DIFFERS]
    assert (fault.index, fault.upto) == (0, book.notary.opened(latest).size)


async def test_no_copy_is_asked_for_what_is_before_its_first_bundle(book, owner):
    for copy in (DatabaseCopy(owner), PublishedCopy(book.folder)):
        with pytest.raises(ValueError, match="from 0"):
            await copy.bundles(-1, 100)


@pytest.mark.parametrize("table", ["log_tiles", "log_entries"])
async def test_the_register_is_sound_where_only_the_log_was_lost(book, owner, table):
    await owner.execute(f"truncate {table}")
    verdict = await book.check(owner)
    assert {fault.where for fault in verdict.faults} == {Where.DATABASE}


async def test_where_no_entry_is_left_the_tiles_still_name_the_line(book, owner):
    rows = await _rows(owner)
    await owner.execute("truncate log_entries")
    await owner.execute(
        "update register set event_id = gen_random_uuid() where notification_id = %s",
        [rows[77][0]],
    )
    verdict = await book.check_alone(owner)
    assert verdict.faults[0].kind is Kind.DIFFERS
    assert verdict.faults[0].position == rows[77][0]


async def test_a_changed_file_of_the_published_log_is_named(book, owner, tmp_path):
    for name, kind in (
        ("tile/0/000", Kind.TILE_DIFFERS),
        ("tile/entries/000", Kind.ENTRIES_DIFFER),
        ("tile/0/001.p", Kind.TILE_DIFFERS),
        ("tile/entries/001.p", Kind.ENTRIES_DIFFER),
        ("tile/1/000.p", Kind.TILE_DIFFERS),
        ("checkpoint", Kind.CHECKPOINT_UNSIGNED),
    ):
        folder = tmp_path / f"{name.replace('/', '-')}"
        shutil.copytree(book.folder, folder)
        spoilt = folder / name
        if spoilt.is_dir():
            spoilt = max(spoilt.iterdir(), key=lambda each: int(each.name))
        content = bytearray(spoilt.read_bytes())
        content[len(content) // 2] ^= 1
        spoilt.write_bytes(content)
        verdict = await book.check(owner, folder)
        assert [(one.where, one.kind) for one in verdict.faults] == [
            (Where.PUBLISHED, kind)
        ], name


def _other_key() -> str:
    return Notary().verifier_key


IN_DATABASE = {
    "update log_keys set verifier_key = %(key)s": Kind.KEYS_DIFFER,
    "delete from log_keys": Kind.KEYS_DIFFER,
    "insert into log_keys values (2, %(key)s, 'junk')": Kind.KEYS_DIFFER,
    "delete from log_checkpoints": Kind.CHECKPOINT_MISSING,
    "delete from log_checkpoints where size = 100": Kind.CHECKPOINT_MISSING,
    "update log_checkpoints set note = 'junk'": Kind.CHECKPOINT_UNSIGNED,
    "update log_state set size = size - 1": Kind.STATE_DIFFERS,
    "update log_state set size = 0": Kind.STATE_DIFFERS,
    "delete from log_state": Kind.STATE_DIFFERS,
    "truncate log_heads": Kind.HEAD_DIFFERS,
    "delete from log_heads where index = %(last)s": Kind.HEAD_DIFFERS,
    "update log_heads set version = version + 1 where index = %(last)s": (
        Kind.HEAD_DIFFERS
    ),
    "update log_heads set index = 10000 where index = %(last)s": Kind.HEAD_DIFFERS,
    "update log_heads set hash = sha256(hash) where index = %(last)s": (
        Kind.HEAD_DIFFERS
    ),
    "insert into log_heads values (gen_random_uuid(), 1, 3, 'x')": Kind.HEAD_DIFFERS,
    "insert into log_heads values (gen_random_uuid(), 1, 1000, 'x')": (
        Kind.HEAD_DIFFERS
    ),
}


@pytest.mark.parametrize("statement", IN_DATABASE)
async def test_what_the_database_says_of_the_log_is_checked(book, owner, statement):
    """It is what HTTP hands out, and what the sealer builds on."""
    last = (await ledger.standing(owner)).size - 1
    done = await owner.execute(statement, {"key": _other_key(), "last": last})
    assert done.rowcount, "the statement has changed something"
    verdict = await book.check(owner)
    kinds = [(one.where, one.kind) for one in verdict.faults]
    assert (Where.DATABASE, IN_DATABASE[statement]) in kinds
    assert {where for where, _ in kinds} == {Where.DATABASE}


async def test_a_history_that_goes_on_behind_the_checkpoint_has_a_head(book, owner):
    await lives.record(owner, lives.entries(lives.LIVES[0], "BPPD-2026-90002"))
    await enter(owner)
    verdict = await book.check(owner)
    assert verdict.sound, verdict.faults


def _drop_largest(folder: Path) -> None:
    largest = max(folder.glob("checkpoints/*"), key=lambda each: int(each.name))
    largest.unlink()


def _roll_back(folder: Path) -> None:
    (folder / "checkpoint").write_bytes((folder / "checkpoints/100").read_bytes())


def _roll_all_back(folder: Path) -> None:
    _drop_largest(folder)
    _roll_back(folder)


def _add_key(folder: Path) -> None:
    with (folder / "key").open("a") as file:
        file.write(f"{_other_key()}\n")


IN_FOLDER = {
    _drop_largest: Kind.CHECKPOINT_MISSING,
    _roll_back: Kind.CHECKPOINT_OLD,
    _roll_all_back: Kind.CHECKPOINT_MISSING,
    lambda folder: (folder / "checkpoint").unlink(): Kind.CHECKPOINT_UNSIGNED,
    lambda folder: (folder / "key").unlink(): Kind.KEYS_DIFFER,
    lambda folder: (folder / "key").write_bytes(b"\xff\n"): Kind.KEYS_DIFFER,
    _add_key: Kind.KEYS_DIFFER,
    shutil.rmtree: Kind.CHECKPOINT_MISSING,
}


@pytest.mark.parametrize("change", IN_FOLDER)
async def test_a_folder_that_lacks_what_was_published_is_a_fault(
    book, owner, tmp_path, change
):
    folder = tmp_path / "log"
    shutil.copytree(book.folder, folder)
    change(folder)
    verdict = await book.check(owner, folder)
    kinds = [(one.where, one.kind) for one in verdict.faults]
    assert (Where.PUBLISHED, IN_FOLDER[change]) in kinds
    assert {where for where, _ in kinds} == {Where.PUBLISHED}


async def test_a_checkpoint_in_hand_is_missed_where_it_was_taken_out(
    book, owner, tmp_path
):
    folder = tmp_path / "log"
    shutil.copytree(book.folder, folder)
    latest = PublishedCopy(book.folder).latest()
    _roll_all_back(folder)
    await owner.execute("delete from log_checkpoints where size > 100")
    verdict = await book.check(owner, folder, latest)
    kinds = {(one.where, one.kind) for one in verdict.faults}
    assert kinds >= {
        (Where.PUBLISHED, Kind.CHECKPOINT_MISSING),
        (Where.DATABASE, Kind.CHECKPOINT_MISSING),
    }


async def test_an_entry_chained_to_a_wrong_one_is_found(database_url):
    """The sealer itself was deceived: tiles, root and signature are all in order."""
    notary = Notary()
    async with await AsyncConnection.connect(database_url, autocommit=True) as owner:
        await lives.record(owner, lives.many(6))
        lines = await tampered_log.all_lines(owner)
        last: dict[bytes, bytes] = {}
        entries = []
        for n, line in enumerate(lines):
            previous = last.get(line.stream, leaf.NOTHING_BEFORE)
            entry = leaf.encode(line, bytes(32) if n == 20 else previous)
            last[line.stream] = tampered_log.hashed(entry)
            entries.append(entry)
        await tampered_log.write(owner, lines, entries, notary)
        verdict = await verify_register(owner, notary.opened)
    assert verdict.faults[0].kind is Kind.CHAIN_BROKEN
    assert verdict.faults[0].position == lines[20].position


async def test_nothing_can_be_held_to_a_checkpoint_that_is_not_there(database_url):
    async with await psycopg.AsyncConnection.connect(database_url) as owner:
        notary = Notary()
        assert (await verify_register(owner, notary.opened)).sound
        await lives.record(owner, lives.many(1))
        verdict = await verify_register(owner, notary.opened)
    assert [fault.kind for fault in verdict.faults] == [Kind.NO_CHECKPOINT]


async def test_a_copy_answers_no_more_than_it_was_asked_for(book, owner):
    size = (await ledger.standing(owner)).size
    for copy in (DatabaseCopy(owner), PublishedCopy(book.folder)):
        (bundle,) = await copy.bundles(0, 100)
        assert len(leaf.unbundle(bundle)) == 100 < size
