"""What is sealed of a request goes along to the case as which it goes on."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import psycopg
import pytest
from msgspec.structs import replace

from application import register, requester
from application.entries import Metadata, NewEntry
from application.keys import KeyEncryptionKey
from application.passing_on import sealed_anew
from application.people import People
from application.requester import IDENTITY, WORDS, Identity, Words
from domain import events
from domain.values import Channel, LaporMedium, Requirement
from tests import unsealed

PEOPLE = People(KeyEncryptionKey(b"k" * 32))
MARIA = Identity(name="Maria Bere", address="Jl. El Tari 52, Kupang")
QUESTION = Words(subject="Peta jabatan Biro", items=("Salinan anjab",))
AT = datetime(2026, 2, 10, 1, 5, tzinfo=UTC)


@pytest.fixture
async def conn(database_url):
    async with await psycopg.AsyncConnection.connect(
        database_url, autocommit=True
    ) as connection:
        yield connection


async def entered(conn, case: UUID, *history: events.CaseEvent) -> None:
    """These facts stand in the register as the case's."""
    entries = [
        NewEntry(
            stream=case,
            version=version,
            event=event,
            event_id=uuid4(),
            occurred_at=AT,
            recorded_at=AT,
            metadata=Metadata(official="agendaris", agency="bppd"),
        )
        for version, event in enumerate(history, start=1)
    ]
    async with conn.transaction():
        cursor = conn.cursor(binary=True)
        await register.send_append(cursor, entries)


async def received(conn, case: UUID) -> tuple[UUID, events.Received]:
    """Maria's question, sealed, and the receipt that tells its digests."""
    person = uuid4()
    first = PEOPLE.seal_new(person, "bppd", case, requester.sealable(MARIA, QUESTION))
    async with conn.transaction():
        await PEOPLE.write(conn.cursor(), (first,))
    event = events.Received(
        channel=Channel.LETTER,
        agency="bppd",
        registration_number="BPPD-2026-00001",
        standard="bppd-ntt/data-informasi-publik@1",
        person=person,
        identity=first.digests[IDENTITY],
        words=first.digests[WORDS],
        items=1,
        has=(),
    )
    return person, event


async def test_the_requester_and_his_words_open_in_the_new_record(conn):
    case, new_case = uuid4(), uuid4()
    person, receipt = await received(conn, case)
    await entered(conn, case, receipt)
    sealed = await sealed_anew(PEOPLE, conn, case, new_case)
    assert sealed is not None
    assert (sealed.person, sealed.record) == (person, new_case)
    async with conn.transaction():
        await PEOPLE.write(conn.cursor(), (sealed,))
    there = await unsealed.read(PEOPLE, conn, new_case)
    assert requester.identity(there[IDENTITY]) == MARIA
    assert requester.words(there[WORDS]) == QUESTION


async def test_what_was_told_later_is_sealed_with_the_rest(conn):
    case, new_case = uuid4(), uuid4()
    _, receipt = await received(conn, case)
    phone = requester.encode(Identity(phone="081236549870"))
    more = await PEOPLE.seal_more(conn, case, {IDENTITY: phone})
    assert more is not None
    async with conn.transaction():
        await PEOPLE.write(conn.cursor(), (more,))
    completed = events.CompletionReceived(
        received=(Requirement.PHONE,), identity=more.digests[IDENTITY]
    )
    await entered(conn, case, receipt, completed)
    sealed = await sealed_anew(PEOPLE, conn, case, new_case)
    assert sealed is not None
    async with conn.transaction():
        await PEOPLE.write(conn.cursor(), (sealed,))
    there = await unsealed.read(PEOPLE, conn, new_case)
    assert requester.identity(there[IDENTITY]) == Identity(
        name="Maria Bere", address="Jl. El Tari 52, Kupang", phone="081236549870"
    )


@pytest.mark.parametrize("passed_on_before", [False, True])
async def test_who_reported_anonymously_is_not_sealed_again(conn, passed_on_before):
    case, new_case = uuid4(), uuid4()
    _, receipt = await received(conn, case)
    if passed_on_before:
        receipt = replace(receipt, anonymous=True)
    else:
        report = events.LaporReceipt(
            tracking_id="1234567",
            medium=LaporMedium.WEB,
            submitted_at=AT,
            anonymous=True,
        )
        receipt = replace(receipt, channel=Channel.SP4N_LAPOR, lapor=report)
    await entered(conn, case, receipt)
    sealed = await sealed_anew(PEOPLE, conn, case, new_case)
    assert sealed is not None
    assert set(sealed.fields) == {WORDS}


async def test_an_erased_person_leaves_nothing_to_seal(conn):
    case = uuid4()
    person, receipt = await received(conn, case)
    await entered(conn, case, receipt)
    await conn.execute(
        "update persons set wrapped_key = null, erased_at = now() where person = %s",
        (person,),
    )
    assert await sealed_anew(PEOPLE, conn, case, uuid4()) is None


async def test_of_a_case_that_is_not_there_nothing_is_sealed(conn):
    assert await sealed_anew(PEOPLE, conn, uuid4(), uuid4()) is None
