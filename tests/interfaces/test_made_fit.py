"""What stops a start: a key or a ledger of erasures that is not the database's."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from application import keys
from application.erased_ledger import ErasedLedger, of_person
from application.people import People
from interfaces.made_fit import key_of, made_fit
from interfaces.trouble import OperatorError


@pytest.fixture
def people(tmp_path: Path) -> People:
    return People(keys.load(tmp_path / "keys" / "kek"))


@pytest.fixture
def ledger(tmp_path: Path) -> ErasedLedger:
    return ErasedLedger(tmp_path / "keys" / "erased")


async def test_a_new_database_takes_the_key_and_an_empty_ledger(
    database_url, people, ledger
):
    await made_fit(database_url, people, ledger)
    await made_fit(database_url, people, ledger)
    assert ledger.lines() == []


async def test_another_key_stops_the_start(database_url, people, ledger, tmp_path):
    await made_fit(database_url, people, ledger)
    other = People(keys.load(tmp_path / "other" / "kek"))
    with pytest.raises(OperatorError):
        await made_fit(database_url, other, ledger)


async def test_a_lost_key_stops_the_start_and_none_is_made_in_its_place(
    database_url, people, ledger, tmp_path
):
    path = tmp_path / "keys" / "kek"
    await made_fit(database_url, people, ledger)
    assert (await key_of(database_url, path)).fingerprint == people.kek.fingerprint
    path.unlink()
    with pytest.raises(OperatorError) as refusal:
        await key_of(database_url, path)
    assert str(path) in refusal.value.indonesian
    assert not path.exists()


async def test_the_first_key_is_made_for_a_new_database_alone(database_url, tmp_path):
    path = tmp_path / "keys" / "kek"
    await key_of(database_url, path)
    assert path.exists()


async def test_a_ledger_that_was_changed_stops_the_start(
    database_url, people, ledger, tmp_path
):
    at = datetime(2026, 11, 22, tzinfo=UTC)
    ledger.enter([of_person(uuid4(), at), of_person(uuid4(), at)])
    file = tmp_path / "keys" / "erased"
    file.write_text("".join(file.read_text().splitlines(keepends=True)[1:]))
    with pytest.raises(OperatorError):
        await made_fit(database_url, people, ledger)
