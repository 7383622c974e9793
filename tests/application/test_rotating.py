"""A new key-encryption key while the desk works; broken off anywhere, it goes on."""

import asyncio
import hashlib
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from application import key_generations, keys, rotating
from application.cipher import SealBrokenError
from application.discretion import StoreRefusedError
from application.documents import Documents
from application.key_generations import OtherKeyError, must_fit
from application.keys import KeyEncryptionKey, KeyFiles, generation_of
from application.people import People
from application.rotating import Progress, Rotated, rotate
from application.sealing import person_place
from tests.awaiting import comes_true_there

SCAN = b"%PDF-1.7 surat"
SHA256 = hashlib.sha256(SCAN).hexdigest()


def content(path: Path) -> bytes:
    return path.read_bytes()


def put_back(path: Path, secret: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(secret)


class Office:
    """A worker's keys, its people and documents, as it was started."""

    def __init__(self, path: Path) -> None:
        self.kek = keys.load(path)
        self.people = People(self.kek)
        self.documents = Documents(self.kek)

    async def receive(self, conn) -> tuple[UUID, bytes]:
        """Somebody comes; answer who, and his key as it was written."""
        one = self.people.seal_new(uuid4(), "bppd", uuid4(), {"words": b"satu"})
        async with conn.transaction():
            await self.people.write(conn.cursor(), [one])
        return one.person, self.people.wrapped_now(one)

    async def keep(self, conn, content: bytes = SCAN) -> None:
        await self.documents.store(
            conn, "bppd", "y", content=content, type_="text/plain", name="surat"
        )

    async def opens(self, conn) -> bool:
        """Whether every person's key opens here."""
        found = await conn.execute("select person, wrapped_key from persons")
        return all(
            self.kek.unwrap(wrapped, person_place(person))
            for person, wrapped in await found.fetchall()
        )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "kek"


@pytest.fixture
async def office(path: Path, owner) -> Office:
    office = Office(path)
    await must_fit(owner, office.kek)
    return office


async def turn(owner, path: Path, told=lambda _: None) -> Rotated:
    """Rotate as the command line does, with keys of its own."""
    try:
        return await rotate(owner, KeyFiles(path), keys.load(path), told)
    finally:
        await owner.execute("select pg_advisory_unlock(x'64697370'::integer, 7)")


async def wrapped_by(owner) -> set[int]:
    found = await owner.execute(
        "select wrapped_key from persons union all select wrapped_key from documents"
        " union all select wrapped_key from kept_secrets"
    )
    return {generation_of(one) for (one,) in await found.fetchall()}


async def test_every_key_is_wrapped_anew_and_the_old_one_is_gone(
    owner, desk, office: Office, path: Path
):
    old = content(path)
    for _ in range(5):
        await office.receive(desk)
    await office.keep(desk)
    secret = office.kek.wrap(b"s" * 32, b"secretlikeness")
    await owner.execute("insert into kept_secrets values ('likeness', %s)", (secret,))

    told: list[Progress] = []
    done = await turn(owner, path, told.append)

    assert done == Rotated(generation=2, wrapped=7, destroyed=(1,))
    assert (told[0], told[-1]) == (Progress(0, 7), Progress(7, 7))
    assert await wrapped_by(owner) == {2}
    assert KeyFiles(path).generations == [2]
    assert content(path.with_name("kek.2")) != old
    found = await owner.execute("select wrapped_key from kept_secrets")
    ((secret,),) = await found.fetchall()
    assert Office(path).kek.unwrap(secret, b"secretlikeness") == b"s" * 32
    assert await Office(path).opens(owner)


async def test_a_worker_that_was_there_before_goes_on_with_the_newer_key(
    owner, desk, office: Office, path: Path
):
    await office.receive(desk)
    await turn(owner, path)
    # It has not heard: what it seals with the older key is refused, then written anew.
    assert office.kek.current == 1
    assert await office.opens(owner)
    with pytest.raises(StoreRefusedError) as refusal:
        await office.receive(desk)
    assert refusal.value.constraint == key_generations.OLDER_KEY
    await key_generations.follow(desk, office.kek)
    await office.receive(desk)
    await office.keep(desk)
    assert await wrapped_by(owner) == {2}


async def test_without_the_refusal_what_he_wrote_would_open_with_nothing(
    owner, desk, office: Office, path: Path
):
    """The control."""
    await owner.execute("alter table persons disable trigger user")
    await turn(owner, path)
    await office.receive(desk)
    assert await wrapped_by(owner) == {1}
    with pytest.raises(SealBrokenError):
        await Office(path).opens(owner)


async def test_a_document_is_kept_by_who_has_not_heard(
    owner, desk, office: Office, path: Path
):
    await turn(owner, path)
    assert office.kek.current == 1
    await office.keep(desk)
    assert await wrapped_by(owner) == {2}


async def test_who_came_before_the_newer_key_and_writes_after_it(
    owner, desk, office: Office, path: Path
):
    one = office.people.seal_new(uuid4(), "bppd", uuid4(), {"words": b"satu"})
    await turn(owner, path)
    await key_generations.follow(desk, office.kek)
    await office.people.write(desk.cursor(), [one])
    assert await wrapped_by(owner) == {2}
    assert await office.opens(owner)


async def waits_for_writers(owner) -> bool:
    cursor = await owner.execute(
        "select from pg_locks where locktype = 'advisory' and not granted"
        " and database = (select oid from pg_database"
        " where datname = current_database())"
    )
    return await cursor.fetchone() is not None


async def test_a_writer_at_that_moment_is_waited_for(
    database_url, owner, desk, office: Office, path: Path
):
    async with await psycopg.AsyncConnection.connect(
        database_url, autocommit=True
    ) as other:
        async with desk.transaction():
            await office.receive(desk)  # a savepoint: not committed yet
            turning = asyncio.create_task(turn(other, path))
            await comes_true_there(lambda: waits_for_writers(owner))
            assert not turning.done()
        done = await turning
    assert done.wrapped == 1
    assert await wrapped_by(owner) == {2}


class KilledError(Exception):
    """Stands for a kill -9 in the middle."""


async def test_broken_off_in_the_middle_the_next_run_goes_on(
    owner, desk, office: Office, path: Path, monkeypatch
):
    monkeypatch.setattr(rotating, "_PAGE", 2)
    for _ in range(7):
        await office.receive(desk)

    def die(far: Progress) -> None:
        if far.done >= 4:
            raise KilledError

    with pytest.raises(KilledError):
        await turn(owner, path, die)
    assert await wrapped_by(owner) == {1, 2}
    assert KeyFiles(path).generations == [1, 2]
    assert await office.opens(owner)
    assert await Office(path).opens(owner)

    assert await turn(owner, path) == Rotated(2, wrapped=3, destroyed=(1,))
    assert await wrapped_by(owner) == {2}
    assert await office.opens(owner)


async def test_broken_off_before_the_newer_key_was_announced(
    owner, desk, office: Office, path: Path
):
    await office.receive(desk)
    KeyFiles(path).make(2)
    made = content(path.with_name("kek.2"))
    restarted = Office(path)
    await must_fit(owner, restarted.kek)
    assert restarted.kek.current == 1
    assert await turn(owner, path) == Rotated(2, wrapped=1, destroyed=(1,))
    assert content(path.with_name("kek.2")) == made


async def test_broken_off_before_the_last_file_was_destroyed(
    owner, desk, office: Office, path: Path, monkeypatch
):
    await office.receive(desk)

    def die(_: KeyFiles, _generation: int) -> None:
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(KeyFiles, "destroy", die)
        with pytest.raises(KilledError):
            await turn(owner, path)
    restarted = Office(path)
    await must_fit(owner, restarted.kek)
    assert restarted.kek.current == 2
    assert await turn(owner, path) == Rotated(2, wrapped=0, destroyed=(1,))
    assert KeyFiles(path).generations == [2]


async def test_an_older_backup_needs_the_key_of_its_time(
    owner, desk, office: Office, path: Path
):
    """The same rows, as a backup from before the rotation has them."""
    person, before = await office.receive(desk)
    kept = content(path)
    await turn(owner, path)
    with pytest.raises(SealBrokenError):
        keys.load(path).unwrap(before, person_place(person))
    await owner.execute("delete from kek_generations")
    await owner.execute(
        "insert into kek_generations values (1, %s)",
        (KeyEncryptionKey(kept).fingerprint,),
    )
    with pytest.raises(OtherKeyError) as refusal:
        await must_fit(owner, keys.load(path))
    assert refusal.value.generation == 1
    put_back(path, kept)
    restored = keys.load(path)
    await must_fit(owner, restored)
    assert restored.current == 1
    assert restored.unwrap(before, person_place(person))


async def test_two_do_not_rotate_at_once(database_url, owner, office: Office, path):
    async with await psycopg.AsyncConnection.connect(database_url) as other:
        await other.execute("select pg_advisory_lock(x'64697370'::integer, 7)")
        with pytest.raises(rotating.RotationUnderWayError):
            await rotate(owner, KeyFiles(path), keys.load(path))


async def test_a_key_that_was_changed_ends_nothing(
    owner, desk, office: Office, path: Path
):
    person, _ = await office.receive(desk)
    await owner.execute("alter table persons disable trigger user")
    await owner.execute("update persons set wrapped_key = set_byte(wrapped_key, 20, 0)")
    await owner.execute("update persons set wrapped_key = set_byte(wrapped_key, 21, 0)")
    await owner.execute("alter table persons enable trigger user")
    with pytest.raises(rotating.BrokenKeyError) as refusal:
        await turn(owner, path)
    assert refusal.value.holder == str(person)
    assert KeyFiles(path).generations == [1, 2]


async def test_keys_of_the_first_releases_are_taken_along(
    owner, office: Office, path: Path
):
    """They bear no number."""
    person = uuid4()
    wrapped = office.kek.wrap(b"d" * 32, person_place(person))[2:]
    assert len(wrapped) == 60
    await owner.execute(
        "insert into persons values (%s, 'bppd', %s)", (person, wrapped)
    )
    assert await office.opens(owner)
    await turn(owner, path)
    assert await wrapped_by(owner) == {2}
    assert await Office(path).opens(owner)
