"""`report registers` writes the office's books into files, and no person into them."""

import asyncio
import csv
import hashlib
import json
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from application import register
from projections.registers import complaints, guests
from tests.domain.receipts import lettered
from tests.domain.scenarios import wita
from tests.projections import histories, lives
from tests.projections.projecting import projected
from tests.projections.test_complaints import WHOLE as COMPLAINT
from tests.projections.test_guest_book import WHOLE as GUEST
from tests.projections.test_objections import WHOLE as OBJECTION
from tests.served import run

FEBRUARY = ("--from", "2026-02-01", "--to", "2026-02-28")
NAMES = ("requests", "objections", "complaints", "guests", "agenda")


async def record(url: str) -> int:
    """A visitor, a letter, a complaint and an objection; answers the last position."""
    async with await psycopg.AsyncConnection.connect(
        url, autocommit=True
    ) as connection:
        letter = [lettered(at=wita("2026-02-11 09:00"))]
        await lives.record(connection, lives.entries(letter, "BPPD-2026-00002"))
        for history in (GUEST, COMPLAINT, OBJECTION):
            await lives.record(connection, histories.entries(uuid4(), history))
        await projected(url, connection)
        return await register.head(connection)


@pytest.fixture
def registers(database_url, tmp_path: Path):
    """All of one February; give the last position, the folder, and a way to report."""
    position = asyncio.run(record(database_url))
    into = tmp_path / "buku"

    def told(*arguments: str):
        environ = {"DATABASE_URL": database_url}
        return run(
            "report",
            "registers",
            *arguments,
            "--out",
            str(into),
            data=tmp_path,
            environ=environ,
        )

    return position, into, told


def lines(file: Path) -> list[dict[str, str]]:
    with file.open(newline="") as opened:
        return list(csv.DictReader(opened))


def test_every_register_is_a_file_with_its_days(registers):
    _, into, told = registers
    done = told(*FEBRUARY)

    assert done.returncode == 0, done.stderr
    assert sorted(file.name for file in into.iterdir()) == sorted(
        [*(f"{name}.csv" for name in NAMES), "registers.json"]
    )
    found = {name: lines(into / f"{name}.csv") for name in NAMES}
    assert {name: len(found[name]) for name in NAMES} == {
        "requests": 2,
        "objections": 1,
        "complaints": 1,
        "guests": 1,
        "agenda": 1,
    }
    received = [each["received_on"] for each in found["requests"]]
    assert received == ["2026-02-11", "2026-02-10"]
    assert found["guests"][0]["card_returned_to"] == "proxy"
    assert found["complaints"][0]["closed_on"] == "2026-02-20"
    assert found["objections"][0]["commission_status"] == "putusan"


def test_what_is_sealed_has_no_column(registers):
    _, into, told = registers
    assert told(*FEBRUARY).returncode == 0
    sealed = {*guests.SEALED, *complaints.SEALED, "sender", "subject", "not_shown"}
    sealed |= {"information_requested", "reason_for_refusal"}
    sealed |= {"reason", "commission_result"}
    for name in NAMES:
        with (into / f"{name}.csv").open(newline="") as opened:
            columns = next(csv.reader(opened))
        assert not sealed & set(columns), name


def test_json_says_the_same_and_what_it_rests_on(registers):
    position, into, told = registers
    assert told(*FEBRUARY).returncode == 0
    done = told(*FEBRUARY, "--json")

    assert done.returncode == 0, done.stderr
    for name in NAMES:
        stated = json.loads((into / f"{name}.json").read_text())
        items = stated.pop("items")
        assert stated.pop("generated_at")
        assert stated.pop("left_out")
        assert stated == {
            "register": name,
            "agency": None,
            "from": "2026-02-01",
            "to": "2026-02-28",
            "position": position,
            "why": "for officials, over HTTP alone",
        }
        table = lines(into / f"{name}.csv")
        assert [list(item) for item in items] == [list(row) for row in table]
        for item, row in zip(items, table, strict=True):
            for column, value in item.items():
                assert row[column] == _cell(value), (name, column)


def test_beside_files_of_csv_stands_what_they_rest_on(registers):
    position, into, told = registers
    assert told(*FEBRUARY).returncode == 0
    stated = json.loads((into / "registers.json").read_text())
    files = stated.pop("files")

    assert stated.pop("generated_at")
    assert stated == {
        "agency": None,
        "from": "2026-02-01",
        "to": "2026-02-28",
        "position": position,
    }
    assert [each["register"] for each in files] == list(NAMES)
    for each in files:
        file = into / each["file"]
        assert each["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
        assert each["rows"] == len(lines(file))
        assert each["left_out"]


def _cell(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_one_register_of_one_agency_can_be_asked_for(registers):
    _, into, told = registers
    done = told(*FEBRUARY, "--register", "requests", "--agency", "biro-organisasi")

    assert done.returncode == 0, done.stderr
    assert {file.name for file in into.iterdir()} == {"requests.csv", "registers.json"}
    assert lines(into / "requests.csv") == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--from", "2026-02-02", "--to", "2026-02-01"),
        (*FEBRUARY, "--agency", "dinas-lain"),
        (*FEBRUARY, "--register", "tamu"),
        (*FEBRUARY, "--csv"),
        ("--from", "2026-02-02"),
    ],
)
def test_a_wrong_call_writes_nothing(registers, arguments):
    _, into, told = registers

    assert told(*arguments).returncode == 2
    assert not into.exists()


def test_without_views_there_is_nothing_to_write(url_without_views, tmp_path):
    done = run(
        "report",
        "registers",
        *FEBRUARY,
        "--out",
        str(tmp_path / "buku"),
        data=tmp_path,
        environ={"DATABASE_URL": url_without_views},
    )

    assert done.returncode == 1
    assert "serve" in done.stderr
