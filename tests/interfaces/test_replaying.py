"""`replay` tells a case's life from the register, as far as one asks."""

import asyncio
import json
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.projections.lives import LIVES, entries, record
from tests.served import run

NUMBER = "BPPD-2026-00007"


@pytest.fixture
def replay(database_url, tmp_path: Path):
    """Record the letter that was corrected once; give a way to replay it."""
    case = uuid4()
    made = entries(LIVES[2], NUMBER, case)

    async def lived() -> None:
        async with await psycopg.AsyncConnection.connect(database_url) as connection:
            await record(connection, made)
            await connection.execute(
                "insert into registrations values (%s, %s)", [NUMBER, case]
            )

    asyncio.run(lived())

    def told(*arguments: str, of: str | UUID = case):
        environ = {"DATABASE_URL": database_url}
        return run("replay", str(of), *arguments, data=tmp_path, environ=environ)

    return made, told


def test_a_case_is_found_by_its_id_and_by_its_number(replay):
    made, told = replay
    by_id, by_number = told("--json"), told("--json", of=NUMBER)
    assert by_id.stdout == by_number.stdout
    steps = json.loads(by_id.stdout)
    assert [step["version"] for step in steps] == [entry.version for entry in made]
    assert steps[0]["type"] == "received"
    assert steps[0]["stage"] == "received"
    assert steps[0]["data"]["registration_number"] == NUMBER


def test_a_life_can_be_seen_as_it_stood(replay):
    made, told = replay
    fourth = made[3]
    for upto in (
        ("--version", "4"),
        ("--occurred-at", fourth.occurred_at.isoformat()),
        ("--recorded-at", fourth.recorded_at.isoformat()),
    ):
        assert json.loads(told("--json", *upto).stdout)[-1]["version"] == 4


def test_people_read_a_line_a_step_in_the_agencys_zone(replay):
    made, told = replay
    head, first, *_ = lines = told().stdout.splitlines()
    assert len(lines) == len(made) + 1
    assert NUMBER in head
    assert "received" in first
    assert "2026-02-10 09:05" in first, "WITA, not UTC"


def test_an_unknown_case_is_told_and_an_unclear_instant_is_a_wrong_call(replay):
    _, told = replay
    unknown = told(of="BO-2026-99999")
    assert unknown.returncode == 1
    assert "BO-2026-99999" in unknown.stderr
    assert told("--occurred-at", "yesterday").returncode == 2
    assert told("--occurred-at", "2026-02-10T09:05:00").returncode == 2
