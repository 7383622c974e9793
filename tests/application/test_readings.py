"""The trail of readings: what is written stays, and a person's is found again."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest
from msgspec.structs import replace

from application import readings
from application.readings import Ground, Kind, Purpose, Reading
from domain.values import Role

AT = datetime(2026, 3, 16, 0, 30, tzinfo=UTC)
MARIA = uuid4()
OF_A_CASE = Reading(
    at=AT,
    official="ina",
    role=Role.HANDLER,
    rule="reading-the-requester-one-answers",
    why=Ground.ASSIGNEE,
    purpose=Purpose.CONTACT,
    action="read-requester",
    operation="ReadCase",
    agency="bppd",
    kind=Kind.CASE,
    subject=uuid4(),
    person=MARIA,
    fields=("name", "phone"),
    request_id="r-1",
)
OF_A_DOCUMENT = replace(
    OF_A_CASE,
    at=AT + timedelta(minutes=1),
    acting_for="kabid",
    purpose=None,
    kind=Kind.DOCUMENT,
    subject=None,
    document="ab" * 32,
    person=None,
    fields=("name", "content"),
)


async def test_a_persons_readings_come_in_order_with_those_of_his_documents(desk):
    another = replace(OF_A_CASE, person=uuid4())
    await readings.add(desk.cursor(), [OF_A_DOCUMENT, another, OF_A_CASE])

    assert await readings.of_person(desk, MARIA, ["ab" * 32]) == [
        OF_A_CASE,
        OF_A_DOCUMENT,
    ]
    assert await readings.of_person(desk, MARIA) == [OF_A_CASE]


async def test_the_operator_reads_without_role(desk):
    by_operator = replace(OF_A_CASE, official=None, role=None, rule="operator")
    await readings.add(desk.cursor(), [by_operator])

    assert await readings.of_person(desk, MARIA) == [by_operator]


@pytest.mark.parametrize(
    "change",
    [
        "update readings set official = 'nobody'",
        "delete from readings",
        "truncate readings",
        "set session_replication_role = replica; delete from readings",
    ],
)
async def test_nobody_changes_what_was_read(owner, change):
    await readings.add(owner.cursor(), [OF_A_CASE])

    with pytest.raises(psycopg.errors.RestrictViolation):
        await owner.execute(change)

    assert await readings.of_person(owner, MARIA) == [OF_A_CASE]


async def test_without_its_trigger_a_reading_would_be_changed(owner):
    await readings.add(owner.cursor(), [OF_A_CASE])
    await owner.execute("alter table readings disable trigger all")

    await owner.execute("delete from readings")

    assert await readings.of_person(owner, MARIA) == []


@pytest.mark.parametrize(
    "change", ["update readings set official = ''", "delete from readings"]
)
async def test_the_program_may_add_readings_and_nothing_else(desk, change):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await desk.execute(change)
