"""Whom a text is compared with is asked together, and told to each who asked."""

import asyncio
from uuid import uuid4

import pytest
from psycopg_pool import AsyncConnectionPool

from application.comparing_names import NamesToCompare
from application.discretion import StoreRefusedError
from application.requester import Identity, Words, sealable
from tests.application.business import PEOPLE
from tests.domain.offices import BPPD

pytestmark = pytest.mark.anyio


@pytest.fixture
async def pool(database_url):
    async with AsyncConnectionPool(database_url, min_size=1, max_size=4) as opened:
        yield opened


async def asked(pool, name):
    """A matter of somebody of that name."""
    record = uuid4()
    told = sealable(Identity(name=name), Words())
    sealed = PEOPLE.seal_new(uuid4(), BPPD, record, told)
    async with pool.connection() as connection, connection.cursor() as cursor:
        await PEOPLE.write(cursor, [sealed])
    return record


async def test_each_is_told_of_his_own_matters_alone(pool):
    names = NamesToCompare(pool, PEOPLE)
    records = {name: await asked(pool, name) for name in ("Maria Bere", "Ruth Banu")}

    found = await asyncio.gather(
        *(names.of({record}) for record in records.values()),
        names.of(set(records.values())),
        names.of({uuid4()}),
    )

    told = [sorted(who.name or "" for who in each) for each in found]
    assert told == [["Maria Bere"], ["Ruth Banu"], ["Maria Bere", "Ruth Banu"], []]


async def test_a_hundred_at_once_are_few_questions(pool):
    names = NamesToCompare(pool, PEOPLE)
    record = await asked(pool, "Maria Bere")
    before = pool.get_stats()["requests_num"]

    found = await asyncio.gather(*(names.of({record}) for _ in range(100)))

    assert all(len(each) == 1 for each in found)
    assert pool.get_stats()["requests_num"] - before <= 2


async def test_after_a_question_that_failed_the_next_is_answered(pool):
    names = NamesToCompare(pool, PEOPLE)
    record = await asked(pool, "Maria Bere")
    async with pool.connection() as connection:
        await connection.execute("alter table sealed rename to away")
    with pytest.raises(StoreRefusedError):
        await names.of({record})
    async with pool.connection() as connection:
        await connection.execute("alter table away rename to sealed")

    assert [who.name for who in await names.of({record})] == ["Maria Bere"]
