"""What a page writes is written together or not at all; numbers have no gaps."""

import asyncio
from contextlib import AbstractAsyncContextManager
from typing import Any

import psycopg

from application.desk import Desk
from application.desk_errors import ForbiddenError
from application.recorded import Recorded
from domain.values import Role
from tests import unsealed
from tests.application.business import PEOPLE, desk_on, ends, letter, line
from tests.domain.offices import BIRO, BPPD
from tests.domain.scenarios import MORNING


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()


def desk_in_2026(url: str) -> AbstractAsyncContextManager[Desk]:
    return desk_on(line(url), lambda: MORNING)


def numbers(url: str) -> list[str]:
    return [
        number
        for (number,) in rows(
            url, "select registration_number from registrations order by 1"
        )
    ]


async def test_numbers_are_gapless_though_some_are_refused_among_them(
    database_url: str,
):
    async with desk_in_2026(database_url) as desk:
        every = await ends(
            desk,
            letter(),
            letter(said_role=Role.PPID),
            letter(),
            letter(agency=BIRO),
            letter(said_role=Role.PPID),
            letter(),
        )

    assert [type(end) for end in every] == [
        Recorded, ForbiddenError, Recorded, Recorded, ForbiddenError, Recorded,
    ]  # fmt: skip
    assert numbers(database_url) == [
        "BO-2026-00001", "BPPD-2026-00001", "BPPD-2026-00002", "BPPD-2026-00003",
    ]  # fmt: skip


async def test_a_receipt_that_cannot_be_written_leaves_no_number_and_no_person(
    database_url: str,
):
    twice = letter()
    async with desk_in_2026(database_url) as desk:
        await desk.handle(twice)
        bug, after = await ends(desk, twice, letter())

    assert not isinstance(bug, Recorded)
    assert isinstance(after, Recorded)
    assert numbers(database_url) == ["BPPD-2026-00001", "BPPD-2026-00002"]
    assert rows(database_url, "select count(*) from persons") == [(2,)]
    assert rows(database_url, "select count(*) from register") == [(2,)]


async def test_two_desks_number_both_agencies_without_gaps(database_url: str):
    async with desk_in_2026(database_url) as one, desk_in_2026(database_url) as two:
        every = await asyncio.gather(
            *(
                ends(desk, *(letter(agency=agency) for agency in (BPPD, BIRO) * 10))
                for desk in (one, two)
            )
        )

    assert {type(end) for each in every for end in each} == {Recorded}
    assert numbers(database_url) == [
        f"{prefix}-2026-{n:05}" for prefix in ("BO", "BPPD") for n in range(1, 21)
    ]
    standing = rows(database_url, "select agency, last from counters order by 1")
    assert standing == [(BIRO, 20), (BPPD, 20)]


async def test_who_asked_is_sealed_in_the_same_transaction(database_url: str):
    errand = letter()
    async with desk_in_2026(database_url) as desk:
        await desk.handle(errand)

    async with await psycopg.AsyncConnection.connect(database_url) as connection:
        assert await unsealed.read(PEOPLE, connection, errand.subject) == {
            "identity": b"{}",
            "words": b"{}",
        }
