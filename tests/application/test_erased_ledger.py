"""The ledger of erasures: whole, chained, and never a second line for one person."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from application.erased_ledger import (
    ErasedLedger,
    LedgerBrokenError,
    lines_of,
    of_document,
    of_person,
)
from application.erasing import Erasure

AT = datetime(2026, 11, 22, 8, 0, 0, 123456, UTC)
SHA256 = "ab" * 32


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "erased"


@pytest.fixture
def ledger(file: Path) -> ErasedLedger:
    return ErasedLedger(file)


def test_what_was_entered_is_read_again(ledger: ErasedLedger, file: Path):
    erasure = Erasure(UUID(int=7), (("bppd", SHA256),))
    assert ledger.enter(list(lines_of([erasure], AT))) == 2
    assert ErasedLedger(file).lines() == [
        of_person(UUID(int=7), AT),
        of_document("bppd", SHA256, AT),
    ]
    assert ledger.lines()[1].document == ("bppd", SHA256)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_new_ledger_is_empty(ledger: ErasedLedger):
    assert ledger.lines() == []


def test_a_person_is_entered_once_and_bytes_as_often_as_they_go(ledger: ErasedLedger):
    later = AT + timedelta(days=1)
    person, document = of_person(UUID(int=7), AT), of_document("bppd", SHA256, AT)
    assert ledger.enter([person, document, person]) == 2
    assert ledger.enter([of_person(UUID(int=7), later), document]) == 0
    assert ledger.enter([of_document("bppd", SHA256, later)]) == 1


def test_a_line_that_was_not_finished_is_cut_off(ledger: ErasedLedger, file: Path):
    ledger.enter([of_person(UUID(int=1), AT)])
    with file.open("ab") as half:
        half.write(b"2026-11-22T08:00:00+00:00 person 0000")
    assert ledger.enter([of_person(UUID(int=2), AT)]) == 1
    assert [one.name for one in ledger.lines()] == [str(UUID(int=n)) for n in (1, 2)]


@pytest.mark.parametrize("spoil", ["line taken out", "byte changed", "line doubled"])
def test_a_ledger_that_was_changed_is_refused(
    ledger: ErasedLedger, file: Path, spoil: str
):
    ledger.enter([of_person(UUID(int=n), AT) for n in range(1, 5)])
    lines = file.read_bytes().splitlines(keepends=True)
    match spoil:
        case "line taken out":
            del lines[1]
        case "byte changed":
            lines[1] = lines[1].replace(b"0002", b"0009")
        case _:
            lines.insert(1, lines[0])
    file.write_bytes(b"".join(lines))
    with pytest.raises(LedgerBrokenError) as refusal:
        ledger.lines()
    assert refusal.value.line == 2


def test_several_writers_leave_one_chain(file: Path):
    persons = [uuid4() for _ in range(40)]
    with ThreadPoolExecutor(8) as threads:
        done = threads.map(
            lambda one: ErasedLedger(file).enter([of_person(one, AT)]), persons
        )
        assert list(done) == [1] * 40
    assert {one.name for one in ErasedLedger(file).lines()} == set(map(str, persons))


def test_reading_changes_nothing(ledger: ErasedLedger, file: Path):
    ledger.enter([of_person(UUID(int=1), AT)])
    with file.open("ab") as half:
        half.write(b"2026-11-22T08:00:00+00:00 person 0000")
    before = file.read_bytes()
    assert len(ledger.lines()) == 1
    assert file.read_bytes() == before


def test_a_new_ledger_s_name_is_flushed_to_its_folder(
    ledger: ErasedLedger, monkeypatch: pytest.MonkeyPatch
):
    flushed: list[bool] = []

    def fsync(file: int) -> None:
        flushed.append(stat.S_ISDIR(os.fstat(file).st_mode))

    monkeypatch.setattr(os, "fsync", fsync)
    for n in (1, 2):
        ledger.enter([of_person(UUID(int=n), AT)])
    assert flushed == [True, False, False]


def test_a_disk_that_refuses_is_told(ledger: ErasedLedger, file: Path):
    file.parent.mkdir(parents=True)
    os.mkdir(file)  # noqa: PTH102 - in the ledger's place
    with pytest.raises(IsADirectoryError):
        ledger.enter([of_person(UUID(int=1), AT)])
