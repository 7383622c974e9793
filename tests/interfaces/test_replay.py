"""`replay` tells a case's life from the register, as far as one asks."""

import asyncio
import json
from pathlib import Path
from typing import Any
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


def changed(step: dict[str, Any]) -> dict[str, tuple[str | None, str | None]]:
    return {each["what"]: (each["before"], each["after"]) for each in step["changed"]}


def test_a_case_is_found_by_its_id_and_by_its_number(replay):
    made, told = replay
    by_id, by_number = told("--json"), told("--json", of=NUMBER.lower())
    life, same = json.loads(by_id.stdout), json.loads(by_number.stdout)
    assert life["steps"] == same["steps"]
    assert life["registration_number"] == NUMBER
    assert life["version"] == len(made)
    assert [step["version"] for step in life["steps"]] == [e.version for e in made]


def test_each_step_says_who_when_and_what_it_changed(replay):
    _, told = replay
    life = json.loads(told("--json").stdout)
    by_type = {step["type"]: step for step in life["steps"]}
    assert changed(by_type["received"])["stage"] == (None, "received")
    returned = by_type["returned-for-correction"]
    assert changed(returned) == {"stage": ("in_review", "returned")}
    assert {"official", "name", "role", "acting_for"} == set(returned["by"])
    assert returned["occurred_at"].endswith("+08:00"), "WITA, not UTC"
    assert returned["recorded_at"].endswith("+08:00")
    assert life["clocks"][0]["clock"] == "standard"


def test_a_life_can_be_seen_as_it_stood(replay):
    made, told = replay
    fourth = made[3]
    for upto in (
        ("--version", "4"),
        ("--occurred-at", fourth.occurred_at.isoformat()),
        ("--recorded-at", fourth.recorded_at.isoformat()),
    ):
        life = json.loads(told("--json", *upto).stdout)
        assert life["version"] == life["steps"][-1]["version"] == 4
        assert life["stage"] == "in_review"


def test_people_read_every_step_in_the_agencys_time(replay):
    made, told = replay
    lines = told().stdout.splitlines()
    assert lines[0].startswith(NUMBER)
    for entry in made:
        assert any(line.startswith(f"{entry.version:>4}  ") for line in lines)
    assert "2026-02-10 09:05  received" in lines[2]
    assert "      > stage: in_review -> returned" in lines


def test_nothing_that_is_sealed_stands_in_it_for_people(replay):
    made, told = replay
    received = made[0].event
    printed = told().stdout
    assert str(received.person) not in printed
    assert received.words not in printed


def test_what_is_not_there_is_told_and_what_is_unclear_is_a_wrong_call(replay):
    _, told = replay
    unknown = told(of="BO-2026-99999")
    assert unknown.returncode == 1
    assert "BO-2026-99999" in unknown.stderr
    assert told("--version", "99").returncode == 1
    assert told("--occurred-at", "2001-01-01T00:00:00Z").returncode == 1
    assert told("--occurred-at", "yesterday").returncode == 2
    assert told("--occurred-at", "2026-02-10T09:05:00").returncode == 2
    both = told("--version", "1", "--occurred-at", "2026-02-10T09:05:00Z")
    assert both.returncode == 2
