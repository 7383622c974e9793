"""Where a log can't go on, another begins: nothing signed is lost, nothing forged."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

from application import secret_files
from application.notary import beginning, continuing, trusted_keys
from application.notary.beginning import GoesOnError, begin_anew
from application.notary.checkpoint import Checkpoint
from application.notary.continuing import Continued
from application.notary.copies import PublishedCopy
from application.notary.faults import Kind, Where
from application.notary.notary import Notary
from application.notary.note import Note, NoteError, SigningKey, VerifierKey, sign
from application.notary.published import PREDECESSOR, SUCCESSOR, Published
from application.notary.refusals import (
    NotaryError,
    NotConfirmedError,
    OtherLogError,
    Refusal,
    RefusedError,
    ShortLogError,
)
from application.notary.signing_file import SigningFile
from application.notary.succession import Succession, following, succeeded
from application.notary.verify import Verdict, only_read, verify_register
from interfaces.cli import verify_told
from tests import dumps, house
from tests.application.notary.sealing_done import add, histories, sealed

NAME = "log.test/ntt"
WHY = "server lama rusak; cadangan malam sebelumnya"
BACKED_UP, SIGNED = 200, 300


class Office:
    """A database that was restored from a backup older than what was signed."""

    def __init__(self, url: str, data: Path) -> None:
        self.url = url
        self.key = data / "keys" / "notary"
        self.log = data / "log"

    @property
    def notary(self) -> Notary:
        """One that has signed nothing yet, as after a start."""
        return Notary(self.url, self.key, self.log, NAME)

    async def begins(self, lost: int | None = SIGNED - BACKED_UP) -> beginning.Begun:
        return await begin_anew(self.url, self.key, self.log, WHY, lost)

    async def grows(self, begin: int, length: int) -> None:
        """Record and seal one more history, of another stream."""
        stream = UUID(int=10_000 + begin)
        with psycopg.connect(self.url, autocommit=True) as register:
            add(register, [(stream, version) for version in range(1, length + 1)])
        await sealed(self.url, begin + length)

    async def verified(self) -> Verdict:
        published = PublishedCopy(self.log)
        history = published.history()
        assert history is not None
        async with await psycopg.AsyncConnection.connect(self.url) as connection:
            await only_read(connection)
            opened = trusted_keys.opening(history.keys, history)
            return await verify_register(connection, opened, published)


@pytest.fixture
async def office(
    server_url: str, database_url: str, tmp_path: Path
) -> AsyncIterator[Office]:
    before = Office(database_url, tmp_path)
    with psycopg.connect(database_url, autocommit=True) as register:
        add(register, histories(BACKED_UP, 1))
    await sealed(database_url, BACKED_UP)
    await before.notary.checkpoint()
    dumps.dump(database_url, tmp_path / "backup")
    await before.grows(BACKED_UP, SIGNED - BACKED_UP)
    await before.notary.checkpoint()
    with house.fresh(server_url) as restored:
        dumps.restore(tmp_path / "backup", restored)
        yield Office(restored, tmp_path)


def old_key(office: Office, folder: str = "log") -> VerifierKey:
    history = Published(office.log.with_name(folder)).history()
    assert history is not None
    return history.present


async def test_after_an_older_backup_another_log_begins_and_is_sound(office: Office):
    with pytest.raises(ShortLogError, match="disposisi notary begin"):
        await office.notary.checkpoint()
    before = old_key(office)
    begun = await office.begins()
    signed = await office.notary.checkpoint()
    assert (signed.told.origin, signed.told.size) == (f"{NAME}/2", BACKED_UP)
    verdict = await office.verified()
    assert (verdict.sound, verdict.size) == (True, BACKED_UP)
    await office.grows(BACKED_UP, 5)
    assert (await office.notary.checkpoint()).told.size == BACKED_UP + 5
    assert (await office.verified()).sound
    assert begun.aside == office.log.with_name("log-1")
    assert old_key(office, "log-1") == before


async def test_the_old_key_says_which_log_follows_and_what_is_lost(office: Office):
    before = old_key(office)
    await office.begins()
    await office.notary.checkpoint()
    note = Published(office.log).read(PREDECESSOR)
    assert note is not None
    assert note == Published(office.log.with_name("log-1")).read(SUCCESSOR)
    told = succeeded(note, before)
    assert (told.last.origin, told.last.size) == (NAME, SIGNED)
    assert (told.kept, told.reason) == (BACKED_UP, WHY)
    assert told.key == old_key(office)
    for forged in (
        note.replace(WHY, "tidak ada yang hilang"),
        note.replace(f"\n{BACKED_UP}\n", f"\n{SIGNED}\n"),
    ):
        assert forged != note
        with pytest.raises(NoteError):
            succeeded(forged, before)
    with pytest.raises(NoteError):
        succeeded(note, told.key)


async def test_what_was_signed_stays_in_the_folder_and_in_the_database(office: Office):
    was = {
        path.relative_to(office.log): path.read_bytes()
        for path in office.log.rglob("*")
        if path.is_file()
    }
    begun = await office.begins()
    assert begun.aside is not None
    is_now = {path: (begun.aside / path).read_bytes() for path in was}
    assert is_now == was
    with psycopg.connect(office.url, autocommit=True) as owner:
        sizes = owner.execute("select size from earlier_log_checkpoints").fetchall()
        assert sizes == [(BACKED_UP,)]
        for table in ("earlier_logs", "earlier_log_checkpoints", "earlier_log_keys"):
            with pytest.raises(psycopg.errors.RestrictViolation):
                owner.execute(sql.SQL("delete from {}").format(sql.Identifier(table)))
    await office.notary.checkpoint()
    with (
        psycopg.connect(office.url, autocommit=True) as owner,
        pytest.raises(psycopg.errors.RestrictViolation),
    ):
        owner.execute("delete from log_keys")


async def test_a_database_that_grew_to_another_log_begins_one_too(office: Office):
    await office.grows(BACKED_UP, SIGNED - BACKED_UP + 50)
    with pytest.raises(OtherLogError, match="disposisi notary begin"):
        await office.notary.checkpoint()
    begun = await office.begins()
    assert begun.succession.kept == BACKED_UP
    await office.notary.checkpoint()
    assert (await office.verified()).sound


async def test_a_log_that_goes_on_is_left_alone(office: Office):
    await office.begins()
    with pytest.raises(GoesOnError):
        await office.begins()
    await office.notary.checkpoint()
    with pytest.raises(GoesOnError):
        await office.begins()
    assert not office.log.with_name("log-2").exists()


async def test_nobody_begins_a_log_without_the_key_of_the_old_one(office: Office):
    office.key.unlink()
    with pytest.raises(NotaryError, match="restore it"):
        await office.begins()
    SigningFile(office.key).make(NAME)
    with pytest.raises(NotaryError, match="not the one whose key"):
        await office.begins()
    assert not office.log.with_name("log-1").exists()


@pytest.mark.parametrize("breaks_at", ["key", "folder"])
async def test_who_was_broken_off_signs_nothing_and_the_next_call_finishes(
    office: Office, monkeypatch: pytest.MonkeyPatch, breaks_at: str
):
    def dies(*_: object) -> None:
        raise InterruptedError

    with monkeypatch.context() as broken:
        if breaks_at == "key":
            broken.setattr(SigningFile, "take_next", dies)
        else:
            broken.setattr(beginning, "_moved", dies)
        with pytest.raises(InterruptedError):
            await office.begins()
    if breaks_at == "folder":
        with pytest.raises(NotaryError):
            await office.notary.checkpoint()
    begun = await office.begins()
    assert begun.succession.key == (await _key(office))
    await office.notary.checkpoint()
    assert (await office.verified()).sound
    with psycopg.connect(office.url) as owner:
        assert owner.execute("select n from earlier_logs").fetchall() == [(1,)]


async def test_who_was_broken_off_has_to_have_the_old_folder_at_hand(
    office: Office, monkeypatch: pytest.MonkeyPatch
):
    aside, elsewhere = (office.log.with_name(each) for each in ("log-1", "elsewhere"))
    flush = secret_files.flush_folder

    def dies(folder: Path) -> None:
        if folder == office.log.parent:
            raise InterruptedError
        flush(folder)

    with monkeypatch.context() as broken:
        broken.setattr(secret_files, "flush_folder", dies)
        with pytest.raises(InterruptedError):
            await office.begins()
    aside.rename(elsewhere)
    with pytest.raises(RefusedError) as refused:
        await office.begins()
    assert refused.value.refusal is Refusal.OLD_FOLDER_GONE
    elsewhere.rename(aside)
    await office.begins()
    await office.notary.checkpoint()
    assert (await office.verified()).sound


async def test_a_notary_between_the_two_forgets_the_key_and_another_call_helps(
    office: Office, monkeypatch: pytest.MonkeyPatch
):
    def dies(*_: object) -> None:
        raise InterruptedError

    with monkeypatch.context() as broken:
        broken.setattr(SigningFile, "take_next", dies)
        with pytest.raises(InterruptedError):
            await office.begins()
    with pytest.raises(ShortLogError):
        await office.notary.checkpoint()
    await office.begins()
    assert (await office.notary.checkpoint()).told.size == BACKED_UP
    assert (await office.verified()).sound


async def _key(office: Office) -> VerifierKey:
    signs = SigningFile(office.key).read()
    assert signs is not None
    return signs.verifier


def test_each_log_bears_a_name_of_its_own():
    assert following("disposisi/0f3a") == "disposisi/0f3a/2"
    assert following("log.test/ntt/9") == "log.test/ntt/10"
    assert following("log") == "log/2"


def forged(origin: str, key: VerifierKey) -> str:
    """A succession to a key, signed by somebody else."""
    last = Checkpoint(origin, SIGNED, bytes(32))
    told = Succession(last=last, kept=0, key=key, reason=WHY)
    return sign(told.text(), SigningKey("evil", bytes(32)))


def tell(url: str, note: str) -> None:
    """Enter as the database's superuser that a log has ended."""
    with psycopg.connect(url, autocommit=True) as superuser:
        superuser.execute(
            "insert into earlier_logs (n, successor)"
            " select count(*) + 1, %s from earlier_logs",
            (note,),
        )


@pytest.mark.parametrize(
    ("origin", "refusal"),
    [
        (NAME, Refusal.SUCCESSION_NOT_OURS),
        ("log.test/other", Refusal.OLD_FOLDER_GONE),
    ],
)
async def test_who_only_owns_the_database_moves_no_healthy_log_aside(
    database_url: str, tmp_path: Path, origin: str, refusal: Refusal
):
    healthy = Office(database_url, tmp_path)
    await healthy.grows(0, 20)
    before = await healthy.notary.checkpoint()
    tell(healthy.url, forged(origin, await _key(healthy)))
    with pytest.raises(RefusedError) as refused:
        await healthy.begins()
    assert refused.value.refusal is refusal
    assert not healthy.log.with_name("log-1").exists()
    assert await healthy.notary.checkpoint() == before
    faults = (await healthy.verified()).faults
    assert [each.kind for each in faults] == [Kind.PREDECESSOR_DIFFERS]


@pytest.mark.parametrize("is_protected", [True, False])
async def test_one_key_signs_no_other_history_under_the_same_name(
    office: Office, monkeypatch: pytest.MonkeyPatch, *, is_protected: bool
):
    """The control: whoever believes the note as it stands moves the log aside."""
    tell(office.url, forged(NAME, await _key(office)))
    if is_protected:
        with pytest.raises(RefusedError):
            await office.begins()
        with pytest.raises(ShortLogError):
            await office.notary.checkpoint()
        assert not (office.log / PREDECESSOR).exists()
        return
    monkeypatch.setattr(
        beginning,
        "_believed",
        lambda ended: Succession.read(Note.read(ended.note).text),
    )
    await office.begins()
    assert (office.log / PREDECESSOR).exists()


async def test_what_is_given_up_has_to_be_said(office: Office):
    for lost in (None, 1, SIGNED):
        with pytest.raises(NotConfirmedError) as refused:
            await office.begins(lost)
        assert refused.value.lost == SIGNED - BACKED_UP
    assert not office.log.with_name("log-1").exists()
    await office.begins(SIGNED - BACKED_UP)


async def test_a_check_tells_which_log_was_before_and_what_is_lost(office: Office):
    await office.begins()
    await office.notary.checkpoint()
    continues = (await office.verified()).continues
    assert continues == Continued(NAME, SIGNED, BACKED_UP, WHY, by_its_key=True)
    office.log.with_name("log-1").rename(office.log.with_name("elsewhere"))
    continues = (await office.verified()).continues
    assert continues == Continued(NAME, SIGNED, BACKED_UP, WHY, by_its_key=False)


async def test_a_check_follows_what_was_continued_to_the_first_log(office: Office):
    await office.begins()
    await office.notary.checkpoint()
    with psycopg.connect(office.url, autocommit=True) as superuser:
        superuser.execute("update log_state set size = 0")
    await office.begins(BACKED_UP)
    await office.notary.checkpoint()
    continues = (await office.verified()).continues
    first = Continued(NAME, SIGNED, BACKED_UP, WHY, by_its_key=True)
    assert continues == Continued(
        f"{NAME}/2", BACKED_UP, 0, WHY, by_its_key=True, before=first
    )
    lines = [*verify_told.of_register(await office.verified())]
    told = f"which in turn continues log {NAME}, the same up to: {BACKED_UP} / {SIGNED}"
    assert any(told in line for line in lines)
    note = office.log.with_name("log-2") / PREDECESSOR
    note.write_text(note.read_text().replace(WHY, "lain"))
    faults = (await office.verified()).faults
    assert Kind.PREDECESSOR_DIFFERS in [each.kind for each in faults]


async def test_whoever_has_the_old_key_alone_trusts_the_log_that_follows(
    office: Office,
):
    keys = [old_key(office)]
    await office.begins()
    await office.notary.rotate()
    present = old_key(office)
    assert present in continuing.followed(keys, office.log)
    office.log.with_name("log-1").rename(office.log.with_name("elsewhere"))
    assert present in continuing.followed(keys, office.log)
    stranger = SigningKey(NAME, bytes(32)).verifier
    assert continuing.followed([stranger], office.log) == [stranger]


@pytest.mark.parametrize("spoils", ["gone", "bad", "other", "database"])
async def test_a_note_that_is_missing_or_another_one_is_a_fault(
    office: Office, spoils: str
):
    await office.begins()
    await office.notary.checkpoint()
    note = office.log / PREDECESSOR
    where = Where.DATABASE if spoils == "database" else Where.PUBLISHED
    match spoils:
        case "gone":
            note.unlink()
        case "bad":
            note.write_text(note.read_text().replace(f"\n{BACKED_UP}\n", "\n300\n"))
        case "other":
            note.write_text(forged(NAME, await _key(office)))
        case _:
            tell(office.url, forged(NAME, await _key(office)))
    verdict = await office.verified()
    faults = [(each.where, each.kind) for each in verdict.faults]
    assert faults == [(where, Kind.PREDECESSOR_DIFFERS)]
    assert (verdict.continues is None) is (where is Where.PUBLISHED)
