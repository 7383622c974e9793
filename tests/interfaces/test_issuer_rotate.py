"""`issuer rotate`: a new key signs, the former one is kept unless it was seen."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.served import run


@pytest.fixture
def data() -> Iterator[Path]:
    """Give a data folder with a database in it."""
    with tempfile.TemporaryDirectory(prefix="disposisi issuer ") as path:
        run("officials", "list", data=Path(path))
        yield Path(path)


def kept(data: Path) -> list[str]:
    """The ids of the keys in the file, the one in use first."""
    told = json.loads((data / "keys" / "issuer").read_bytes())
    return [one["key"]["kid"] for one in told]


def test_the_key_is_changed_by_command_and_that_is_noted(data: Path):
    first = run("issuer", "rotate", data=data)
    assert first.returncode == 0, first.stderr
    second = run("issuer", "rotate", data=data).stdout.strip()
    assert kept(data) == [second, first.stdout.strip()]
    third = run("issuer", "rotate", "--seen", data=data).stdout.strip()
    assert kept(data) == [third]
    noted = run("authority", "operators", "--json", data=data).stdout
    assert noted.count("issuer rotate") == 3
    assert '"d"' not in noted


def test_without_a_database_there_is_no_issuer_to_look_after(tmp_path: Path):
    refused = run("issuer", "rotate", data=tmp_path)
    assert refused.returncode != 0
    assert not (tmp_path / "keys" / "issuer").exists()
