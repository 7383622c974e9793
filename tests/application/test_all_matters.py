"""Who decides about a person's data has seen all that touches them, or looks again."""

import asyncio
import hashlib
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from application.all_matters import AllMatters
from application.desk_errors import MattersMovedError
from application.erasing import Erasure
from application.recorded import Recorded
from domain.errors import PersonErasedError
from tests.application.business import desk_on, disposition, ends, letter, line

SHA256 = hashlib.sha256(b"konsep").hexdigest()


async def received(work) -> tuple[UUID, UUID]:
    """A letter that is in the register; its case and its person."""
    one = letter()
    assert isinstance((await ends(work, one))[0], Recorded)
    return one.subject, one.sealed[0].person


async def opens(owner, person: UUID) -> bool:
    cursor = await owner.execute(
        "select wrapped_key is not null from persons where person = %s", (person,)
    )
    return bool((await cursor.fetchone())[0])


async def filed(owner, document: str, *subjects: UUID) -> None:
    for subject in subjects:
        await owner.execute(
            "insert into papers values (decode(%s, 'hex'), %s)", (document, subject)
        )


async def adds(connection, person: UUID) -> None:
    """Somebody seals a record of his that is new."""
    await connection.execute("select persons_must_live(%s)", ([person],))
    await connection.execute(
        "insert into sealed values (%s, %s, 'words', 'x')", (person, uuid4())
    )


def erasing(case: UUID, person: UUID, *papers: str):
    """An erasure by who saw this case and these papers."""
    seen = AllMatters(person=person, matters=(case,), his=(case,), papers=papers)
    erases = (Erasure(person, tuple(("bppd", one) for one in papers)),)
    return replace(disposition(case), of_all=(seen,), erases=erases)


async def test_who_saw_all_of_it_may_decide(database_url, owner):
    async with desk_on(line(database_url)) as work:
        case, person = await received(work)
        await filed(owner, SHA256, case)
        (done,) = await ends(work, erasing(case, person, SHA256))
    assert isinstance(done, Recorded)
    assert not await opens(owner, person)


async def test_a_matter_that_was_not_seen_stops_it_and_nobody_else(database_url, owner):
    async with desk_on(line(database_url)) as work:
        case, person = await received(work)
        await adds(owner, person)
        refused, other = await ends(work, erasing(case, person), letter())
    assert isinstance(refused, MattersMovedError)
    assert isinstance(other, Recorded)
    assert await opens(owner, person)


async def test_the_control_who_does_not_say_what_he_saw_erases(database_url, owner):
    async with desk_on(line(database_url)) as work:
        case, person = await received(work)
        await adds(owner, person)
        (done,) = await ends(work, replace(erasing(case, person), of_all=()))
    assert isinstance(done, Recorded)
    assert not await opens(owner, person)


async def test_who_adds_a_matter_at_the_same_moment_is_waited_for(
    database_url, owner, desk
):
    async with desk_on(line(database_url)) as work:
        case, person = await received(work)
        async with desk.transaction():
            await adds(desk, person)
            task = asyncio.create_task(ends(work, erasing(case, person)))
            waiting = 0
            while not waiting:
                cursor = await owner.execute(
                    "select count(*) from pg_stat_activity"
                    " where datname = current_database()"
                    " and wait_event_type = 'Lock'"
                )
                (waiting,) = await cursor.fetchone()
            assert not task.done()
        (refused,) = await task
    assert isinstance(refused, MattersMovedError)
    assert await opens(owner, person)


@pytest.mark.parametrize(
    ("others", "listed", "answer"),
    [
        (0, (SHA256,), Recorded),
        (0, (), MattersMovedError),  # filed in between: it would stay, untold
        (1, (), Recorded),
        (1, (SHA256,), MattersMovedError),  # it is another's as well by now
    ],
)
async def test_a_paper_goes_with_him_where_no_other_matter_names_it(
    database_url, owner, others, listed, answer
):
    strangers = [uuid4() for _ in range(others)]
    async with desk_on(line(database_url)) as work:
        case, person = await received(work)
        await filed(owner, SHA256, case, *strangers)
        (done,) = await ends(work, erasing(case, person, *listed))
    assert isinstance(done, answer)


async def test_of_an_erased_person_nothing_more_is_taken_in(database_url, owner):
    async with desk_on(line(database_url)) as work:
        case, person = await received(work)
        other, _ = await received(work)
        await ends(work, erasing(case, person))
        wish = replace(disposition(other), must_live=(person,))
        (refused,) = await ends(work, wish)
        (done,) = await ends(work, disposition(other))
    assert isinstance(refused, PersonErasedError)
    assert isinstance(done, Recorded)
