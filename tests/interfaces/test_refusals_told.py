"""Whatever is wrong with a key or a log is told in each language by its own words."""

from pathlib import Path

import pytest

from application.cipher import KEY_BYTES
from application.keys import KeyFileError
from application.notary.leaf import LeafError
from application.notary.note import NoteError
from application.notary.publisher import ChangedFileError
from application.notary.refusals import (
    NotConfirmedError,
    OtherLogError,
    Refusal,
    RefusedError,
)
from application.notary.refusals import ShortLogError as Short
from application.notary.schedule import REFUSALS
from application.notary.tiles import MissingTileError, Spot
from application.secret_files import Fault
from interfaces import key_files_told, refusals_told

FILE = Path("keys") / "notary"
FOUND = [
    *map(RefusedError, Refusal),
    *(KeyFileError(FILE, fault) for fault in Fault),
    KeyFileError(FILE, Fault.UNREADABLE, 13),
    Short(1, 2),
    OtherLogError(),
    NotConfirmedError(1, 2),
    NoteError("this is no base64"),
    LeafError("an entry begins with its mark"),
    ChangedFileError(FILE),
    MissingTileError(Spot(0, 1)),
]


@pytest.mark.parametrize("found", FOUND, ids=str)
def test_a_refusal_has_words_of_each_language(found: Exception):
    assert isinstance(found, REFUSALS)
    told = refusals_told.trouble(found)
    assert str(found) in told.english
    assert str(found) not in told.indonesian
    assert told.indonesian.startswith("Notaris menolak menandatangani: ")


@pytest.mark.parametrize("fault", Fault)
def test_a_key_file_is_told_of_in_each_language(fault: Fault):
    told = key_files_told.trouble(KeyFileError(FILE, fault, 13))
    assert f"{FILE} {fault}: Permission denied" in told.english
    assert fault not in told.indonesian
    assert "tidak diizinkan" in told.indonesian


def test_every_kind_of_refusal_is_among_them():
    assert {kind for kind in REFUSALS for one in FOUND if isinstance(one, kind)} == {
        *REFUSALS
    }


def test_the_size_of_a_key_is_told_as_it_is():
    assert f" {KEY_BYTES} bytes" in Fault.NO_KEK
    assert f" {KEY_BYTES} byte:" in key_files_told.INDONESIAN[Fault.NO_KEK]
