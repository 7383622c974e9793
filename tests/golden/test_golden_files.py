"""What was ever stored can be read, and means what it meant; see README.md here."""

from pathlib import Path

import msgspec
import pytest

from application import upcasting
from tests.golden.as_written import WRITTEN

FILES = sorted(Path(__file__).parent.glob("*.json"))


def tag_of(file: Path) -> str:
    return file.name.split(".", 1)[0]


def stored(file: Path) -> bytes:
    """The bytes in the register; the last newline is the editor's."""
    return file.read_bytes().removesuffix(b"\n")


def test_every_tag_has_a_golden_file():
    assert {tag_of(file) for file in FILES} >= set(upcasting.CURRENT_TAGS)


def test_every_golden_file_has_its_twin():
    assert {file.stem for file in FILES} == set(WRITTEN)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_was_stored_is_read_as_it_was_meant(file):
    assert upcasting.decode(tag_of(file), stored(file)) == WRITTEN[file.stem]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_today_s_events_are_stored_as_they_were(file):
    if tag_of(file) in upcasting.OLD_TAGS:
        pytest.skip("this tag is no longer written")
    assert msgspec.json.encode(WRITTEN[file.stem]) == stored(file)


@pytest.mark.parametrize("name", WRITTEN)
def test_a_golden_file_sets_every_field_that_its_tag_has(name):
    event = WRITTEN[name]
    told = {
        field
        for twin, other in WRITTEN.items()
        if type(other) is type(event)
        for field in msgspec.to_builtins(WRITTEN[twin])
    }
    fields = {field.encode_name for field in msgspec.structs.fields(event)}
    assert told - {"type"} == fields
