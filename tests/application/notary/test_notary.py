"""Checkpoints continue each other, are published for good, and outlive their keys."""

import asyncio
import itertools
import shutil

import psycopg
import pytest

from application.keys import KeyFileError
from application.notary import checkpoint, ledger, signed_log, tree
from application.notary.notary import Notary
from application.notary.note import NoteError
from application.notary.published import Published
from application.notary.publisher import ChangedFileError, Publisher
from application.notary.refusals import NotaryError, ShortLogError
from application.notary.signing_file import SigningFile
from tests.application.notary.sealing_done import add, histories, sealed


@pytest.fixture
def folder(tmp_path):
    """Give the folder in which the log is published."""
    return tmp_path / "log"


@pytest.fixture
def notary(database_url, tmp_path, folder):
    """Give a notary whose key is made when it signs first."""
    return Notary(database_url, tmp_path / "keys" / "notary", folder, "log.test/ntt")


@pytest.fixture
def another(database_url, tmp_path, folder):
    """Give the notary of another process, which has signed nothing yet."""
    return Notary(database_url, tmp_path / "keys" / "notary", folder)


@pytest.fixture
async def grow(database_url):
    """Give a way to record and seal lines, all told so many."""
    lines = iter(histories(100, 100))

    async def grown(to):
        with psycopg.connect(database_url, autocommit=True) as connection:
            row = connection.execute("select count(*) from register").fetchone()
            assert row is not None
            add(connection, [next(lines) for _ in range(to - row[0])])
        await sealed(database_url, to)

    return grown


def note(published, size):
    text = published.read(f"checkpoints/{size}")
    assert text is not None
    return text


def tampered(owner, statement):
    """Do what only the database's superuser can."""
    return owner.execute(
        "alter table log_tiles disable trigger user;"
        "alter table log_checkpoints disable trigger user;"
        "alter table log_entries disable trigger user;" + statement
    )


async def test_an_empty_log_has_a_checkpoint_too(notary, folder):
    told = (await notary.checkpoint()).told
    assert (told.size, told.root) == (0, tree.EMPTY_ROOT)
    assert (folder / "checkpoint").read_text().startswith("log.test/ntt\n0\n47DEQpj8")


async def test_every_checkpoint_is_published_with_what_it_covers(
    notary, folder, grow, owner
):
    roots = {}
    for size in (3, 3, 300, 700, 1500):
        await grow(size)
        told = (await notary.checkpoint()).told
        roots[told.size] = told.root
    assert sorted(roots) == [3, 300, 700, 1500]
    published = Published(folder)
    history = published.history()
    assert history is not None
    for size, root in roots.items():
        assert history.believed(note(published, size)) == checkpoint.Checkpoint(
            "log.test/ntt", size, root
        )
        assert await ledger.root(owner, size) == root
    latest = await signed_log.latest(owner)
    assert latest is not None
    assert latest.note == published.read("checkpoint")
    names = {str(path.relative_to(folder)) for path in folder.rglob("*")}
    assert {"tile/0/005.p/220", "tile/1/000.p/5", "tile/entries/005.p/220"} <= names
    # Full tiles have taken the place of the partial ones before them.
    assert not any(name.startswith(("tile/0/000.p", "tile/0/001.p")) for name in names)
    assert not any(name.endswith(".draft") for name in names)


async def test_the_key_is_its_owners_alone_and_not_in_the_database(
    notary, tmp_path, owner
):
    await notary.checkpoint()
    file = tmp_path / "keys" / "notary"
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o640)
    with pytest.raises(KeyFileError):
        await notary.checkpoint()


async def test_a_new_key_signs_on_and_old_checkpoints_stay_good(notary, folder, grow):
    await grow(5)
    before = (await notary.checkpoint()).told
    new = await notary.rotate()
    await grow(9)
    after = (await notary.checkpoint()).told
    published = Published(folder)
    history = published.history()
    assert history is not None
    assert (history.count, history.present) == (2, new)
    assert history.believed(note(published, 5)) == before
    assert history.believed(note(published, 9)) == after
    with pytest.raises(NoteError):
        checkpoint.believed(note(published, 9), history.keys[:1])


@pytest.mark.parametrize("was_told", [True, False])
async def test_a_rotation_that_died_is_finished_or_forgotten(
    notary, folder, tmp_path, grow, was_told
):
    await grow(2)
    await notary.checkpoint()
    keys = SigningFile(tmp_path / "keys" / "notary")
    old = keys.read()
    assert old is not None
    new = keys.make_next("log.test/ntt")
    if was_told:
        told = checkpoint.Introduction(
            origin="log.test/ntt", n=2, key=new.verifier, size=2
        )
        Publisher(folder).add("keys/2", told.signed(old, new).encode())
    await grow(4)
    await notary.checkpoint()
    signs = keys.read()
    assert signs is not None
    assert signs.verifier == (new if was_told else old).verifier
    assert keys.read_next() is None


async def test_what_was_published_halfway_is_taken_up_again(notary, folder, grow):
    await grow(300)
    await notary.checkpoint()
    await grow(700)
    whole = await notary.checkpoint()
    (folder / "checkpoints" / "700").unlink()
    (folder / "checkpoint").write_text((folder / "checkpoints" / "300").read_text())
    (folder / "tile" / "0" / ".001.draft").write_text("half a ti")
    assert await notary.checkpoint() == whole
    assert (folder / "checkpoints" / "700").exists()


async def test_a_folder_that_was_lost_is_published_again(
    notary, folder, grow, tmp_path
):
    for size in (0, 5, 300):
        await grow(size)
        told = await notary.checkpoint()
    folder.rename(tmp_path / "lost")
    assert await notary.checkpoint() == told
    for lost in (tmp_path / "lost").rglob("*"):
        if lost.is_file():
            there = folder / lost.relative_to(tmp_path / "lost")
            assert there.read_bytes() == lost.read_bytes()


TAMPERED_ENTRY = "update log_entries set entries = set_byte(entries, 60, 7) where n = 0"
"""Of the first line, behind its position, stream and version."""


@pytest.mark.parametrize(
    "change",
    [
        (
            "update log_tiles set hashes = set_byte(hashes, 40, 1) where level = 0",
            "does not continue",
        ),
        (TAMPERED_ENTRY, "entries do not lead to its last checkpoint"),
        ("update log_state set size = 200", "shorter than its last checkpoint"),
        ("update log_checkpoints set note = note || ' '", "database is not ours"),
    ],
)
async def test_a_lost_folder_does_not_let_another_history_be_signed(
    notary, folder, grow, owner, change
):
    statement, fault = change
    await grow(300)
    await notary.checkpoint()
    folder.rename(folder.with_name("lost"))
    await tampered(owner, statement)
    with pytest.raises(NotaryError, match=fault):
        await notary.checkpoint()
    assert not (folder / "checkpoint").exists()
    assert not (folder / "tile").exists()


async def test_a_folder_from_an_older_backup_is_led_to_the_last_checkpoint(
    notary, folder, grow, tmp_path, owner
):
    await grow(300)
    await notary.checkpoint()
    shutil.copytree(folder, tmp_path / "older")
    await grow(600)
    signed = await notary.checkpoint()
    folder.rename(tmp_path / "lost")
    (tmp_path / "older").rename(folder)
    assert await notary.checkpoint() == signed
    assert note(Published(folder), 600) == signed.note
    await tampered(
        owner, "update log_entries set entries = set_byte(entries, 60, 7) where n = 1"
    )
    folder.rename(tmp_path / "again")
    with pytest.raises(NotaryError):
        await notary.checkpoint()


async def test_a_key_made_after_the_folder_was_lost_leaves_the_old_one_believed(
    notary, folder, grow, tmp_path
):
    await grow(5)
    before = await notary.checkpoint()
    folder.rename(tmp_path / "lost")
    await notary.rotate()
    history = Published(folder).history()
    assert history is not None
    assert history.believed(before.note) == before.told


async def test_a_key_made_after_a_checkpoint_was_half_published_names_its_size(
    another, notary, folder, grow, owner
):
    await grow(5)
    older = await notary.checkpoint()
    await grow(7)
    whole = await notary.checkpoint()
    # As a kill leaves it between the two files: neither here nor in the database.
    (folder / "checkpoint").write_text(older.note)
    await tampered(owner, "delete from log_checkpoints where size = 7")
    await another.rotate()
    history = Published(folder).history()
    assert history is not None
    assert history.believed(whole.note) == whole.told
    assert Published(folder).read("checkpoint") == whole.note


@pytest.mark.parametrize(
    "spoilt",
    list(
        itertools.product(
            ("checkpoint", "key", "keys/2", "checkpoints/9"),
            (b"\xff\xfe", b"", b"x\n" + b"9" * 5000 + b"\nx\n\n"),
        )
    ),
)
async def test_a_published_file_that_says_nothing_is_refused(
    another, notary, folder, grow, spoilt
):
    await grow(3)
    await notary.checkpoint()
    await grow(4)
    name, content = spoilt
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    with pytest.raises(NoteError):
        await another.checkpoint()


async def test_a_changed_tile_in_the_folder_is_told_and_not_overwritten(
    notary, folder, grow
):
    await grow(300)
    await notary.checkpoint()
    await grow(700)
    tile = folder / "tile" / "0" / "001"
    tile.write_bytes(bytes(8192))
    with pytest.raises(ChangedFileError):
        await notary.checkpoint()
    assert tile.read_bytes() == bytes(8192)
    assert not (folder / "checkpoints" / "700").exists()


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (
            "update log_tiles set hashes = set_byte(hashes, 40, 1) where level = 0",
            "continue its last checkpoint",
        ),
        (
            "update log_tiles set hashes = set_byte(hashes, 3200, 1) where n = 1",
            "tiles are not those of its entries",
        ),
        (
            "update log_entries set entries = set_byte(entries, 40, 1) where n = 1",
            "entries of the log are not those published",
        ),
        ("delete from log_entries where n = 1", "entries of the log are missing"),
        ("update log_state set size = 200", "shorter than its last checkpoint"),
    ],
)
async def test_a_changed_log_is_not_signed(notary, grow, owner, statement, fault):
    await grow(300)
    await notary.checkpoint()
    await grow(400)
    await tampered(owner, statement)
    with pytest.raises(NotaryError, match=fault):
        await notary.checkpoint()


async def test_after_an_older_backup_an_operator_is_told_what_to_do(
    notary, grow, owner
):
    await grow(300)
    await notary.checkpoint()
    await tampered(owner, "update log_state set size = 200")
    with pytest.raises(ShortLogError, match="restore a backup") as refusal:
        await notary.checkpoint()
    assert (refusal.value.size, refusal.value.signed) == (200, 300)


async def test_another_key_does_not_sign_this_log(notary, grow, tmp_path):
    await grow(3)
    await notary.checkpoint()
    file = tmp_path / "keys" / "notary"
    file.unlink()
    with pytest.raises(NotaryError, match="restore it"):
        await notary.checkpoint()
    SigningFile(file).make("log.test/ntt")
    with pytest.raises(NotaryError, match="not the one whose key"):
        await notary.checkpoint()


async def test_two_at_once_sign_one_checkpoint(notary, grow, owner):
    await grow(30)
    one, other = await asyncio.gather(notary.checkpoint(), notary.checkpoint())
    assert one == other
    cursor = await owner.execute("select count(*) from log_checkpoints")
    assert await cursor.fetchone() == (1,)
