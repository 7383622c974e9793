"""Erasing at the desk: with the event, in one transaction, and never undone."""

import hashlib
from uuid import UUID

import psycopg
import pytest
from msgspec.structs import replace

from application import requester
from application.documents import DocumentErasedError, Documents
from application.erasing import Erasure
from application.recorded import Recorded
from domain.errors import RuleBrokenError
from tests import unsealed
from tests.application.business import (
    KEY,
    PEOPLE,
    desk_on,
    disposition,
    ends,
    letter,
    line,
)

DOCUMENTS = Documents(KEY)
SCAN = b"%PDF-1.7 surat permohonan Maria Bere"
SHA256 = hashlib.sha256(SCAN).hexdigest()


async def kept(connection, agency="bppd") -> None:
    await DOCUMENTS.store(
        connection, agency, "yohana", content=SCAN, type_="application/pdf", name="s"
    )


async def received(work, *, and_liked=None):
    """A letter that is in the register; its case and its person."""
    one = letter()
    assert isinstance((await ends(work, one))[0], Recorded)
    (sealed,) = one.sealed
    person = sealed.person
    if and_liked is not None:
        await and_liked.execute(
            "insert into likenesses values (%s, 'bppd', 'nik', 'keyed')", (person,)
        )
    return one.subject, person


def erasing(case: UUID, *persons: UUID, documents=(), version=1):
    erased = tuple(Erasure(one, documents) for one in persons)
    return replace(disposition(case, version), erases=erased)


async def rows(owner, statement, *values: object):
    return await (await owner.execute(statement, values)).fetchall()


async def opens(owner, record) -> bool:
    """Whether there is something of a record, and a key for it."""
    return bool(
        await rows(
            owner,
            "select from sealed join persons using (person)"
            " where record = %s and wrapped_key is not null",
            record,
        )
    )


async def test_the_event_and_the_erasure_are_one_transaction(database_url, owner):
    await kept(owner)
    async with desk_on(line(database_url)) as work:
        case, person = await received(work, and_liked=owner)
        other_case, other = await received(work, and_liked=owner)
        (done,) = await ends(work, erasing(case, person, documents=(("bppd", SHA256),)))

    assert isinstance(done, Recorded)
    assert await rows(
        owner,
        "select wrapped_key, erased_at = register.recorded_at from persons, register"
        " where person = %s and originator_id = %s and topic = 'disposed'",
        person,
        case,
    ) == [(None, True)]
    assert await rows(owner, "select distinct person from sealed") == [(other,)]
    assert await rows(owner, "select person from likenesses") == [(other,)]
    assert await opens(owner, other_case)
    with pytest.raises(DocumentErasedError):
        await unsealed.fetch(DOCUMENTS, owner, "bppd", SHA256)
    assert await DOCUMENTS.known(owner, "bppd", [SHA256]) == set()
    assert await rows(
        owner, "select wrapped_key, name, content, size > 0 from documents"
    ) == [(None, None, None, True)]


async def test_a_refused_act_erases_nobody(database_url, owner):
    async with desk_on(line(database_url)) as work:
        case, person = await received(work)
        unknown = replace(
            erasing(case, person), command=disposition(case, to="nobody").command
        )
        (refused,) = await ends(work, unknown)

    assert isinstance(refused, RuleBrokenError)
    assert await opens(owner, case)


async def test_of_two_agencies_with_the_same_bytes_one_erases_its_own(
    database_url, owner
):
    await kept(owner)
    await kept(owner, "biro-organisasi")
    async with desk_on(line(database_url)) as work:
        case, person = await received(work)
        await ends(work, erasing(case, person, documents=(("bppd", SHA256),)))

    assert await unsealed.fetch(DOCUMENTS, owner, "biro-organisasi", SHA256) is not None


async def test_bytes_that_are_brought_again_are_kept_for_the_new_matter(
    database_url, owner, desk
):
    await kept(desk)
    async with desk_on(line(database_url)) as work:
        case, person = await received(work)
        await ends(work, erasing(case, person, documents=(("bppd", SHA256),)))
    await kept(desk)

    document = await unsealed.fetch(DOCUMENTS, desk, "bppd", SHA256)
    assert document is not None
    assert document.content == SCAN


async def test_who_is_erased_twice_was_erased_the_first_time(database_url, owner):
    async with desk_on(line(database_url)) as work:
        case, person = await received(work)
        await ends(work, erasing(case, person))
        before = await rows(owner, "select erased_at from persons")
        again, _ = await received(work)
        (done,) = await ends(work, erasing(again, person))

    assert isinstance(done, Recorded)
    assert (
        await rows(owner, "select erased_at from persons where person = %s", person)
        == before
    )


@pytest.mark.parametrize(
    "statement",
    [
        "update persons set wrapped_key = 'back', erased_at = null",
        "update persons set erased_at = erased_at + interval '1 day'",
        "update persons set agency = 'bppd'",
        "update documents set wrapped_key='b', name='b', content='b', erased_at=null",
        "update documents set uploader = 'nobody'",
    ],
)
async def test_not_even_the_owner_brings_a_key_back(database_url, owner, statement):
    await kept(owner)
    async with desk_on(line(database_url)) as work:
        case, person = await received(work)
        await ends(work, erasing(case, person, documents=(("bppd", SHA256),)))

    with pytest.raises(psycopg.errors.RestrictViolation):
        await owner.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "update persons set wrapped_key = set_byte(wrapped_key, 20, 7)",
        "update documents set content = 'other'",
        "update documents set wrapped_key = set_byte(wrapped_key, 20, 7)",
        "update documents set wrapped_key = set_byte(wrapped_key, 1, 2), content = 'c'",
    ],
)
async def test_a_living_key_is_not_changed_for_another(desk, owner, statement):
    await kept(desk)
    one = PEOPLE.seal_new(UUID(int=1), "bppd", UUID(int=2), {requester.WORDS: b"{}"})
    await PEOPLE.write(desk.cursor(), [one])

    with pytest.raises(psycopg.errors.RestrictViolation):
        await owner.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "update persons set wrapped_key = null, erased_at = now()",
        "update documents set wrapped_key = null",
        "delete from sealed",
        "delete from documents",
        "delete from persons",
    ],
)
async def test_the_program_erases_by_its_one_function_alone(desk, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await desk.execute(statement)


async def test_room_is_made_for_nothing_but_erased_documents(desk):
    await kept(desk)
    await desk.execute(
        "select make_room_for_document(%s, 'bppd')", (bytes.fromhex(SHA256),)
    )
    assert await unsealed.fetch(DOCUMENTS, desk, "bppd", SHA256) is not None
