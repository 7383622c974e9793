"""Likenesses are the same for the same person, and different for everybody else."""

from uuid import uuid4

import psycopg
import pytest
from msgspec.structs import replace

from application import likeness, register
from application.discretion import StoreRefusedError
from application.likeness import Likenesses
from application.people import PERSON_ERASED
from application.requester import IDENTITY, WORDS, Identity, Words, sealable
from application.sealing import PersonKey
from tests import unsealed
from tests.application.business import KEY, PEOPLE
from tests.application.past_in_the_register import entry
from tests.domain.offices import BIRO, BPPD, CLERK
from tests.domain.receipts import lettered

LIKENESSES = Likenesses(b"s" * 32)
MARIA = Identity(
    name="Maria Bere",
    phone="0812-3654-9870",
    email="maria@contoh.example",
    nik="5371995203900042",
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("081236549870", "+6281236549870"),
        ("0812 3654-9870", "+6281236549870"),
        ("+62 812 3654 9870", "+6281236549870"),
        ("6281236549870", "+6281236549870"),
        ("(0380) 832697", "+62380832697"),
        ("+1 202 555 0123", "+12025550123"),
        ("1708", None),
        ("-", None),
        ("0" * 30, None),
    ],
)
def test_a_telephone_is_told_as_the_whole_world_writes_it(said, meant):
    assert likeness.phone(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (" Maria@Contoh.Example ", "maria@contoh.example"),
        ("maria@contoh", None),
        ("@contoh.example", None),
        ("maria bere@contoh.example", None),
        ("maria", None),
    ],
)
def test_an_address_is_told_in_small_letters(said, meant):
    assert likeness.email(said) == meant


def test_a_mark_depends_on_what_is_told_who_asks_and_the_secret():
    marks = LIKENESSES.of(BPPD, MARIA)
    assert [mark.kind for mark in marks] == ["nik", "phone", "email"]
    assert LIKENESSES.of(BPPD, replace(MARIA, phone="+6281236549870")) == marks
    others = (
        *LIKENESSES.of(BIRO, MARIA),
        *Likenesses(b"t" * 32).of(BPPD, MARIA),
        *LIKENESSES.of(BPPD, Identity(nik="5371995203900043", phone="081236549871")),
    )
    assert {mark.hash for mark in marks}.isdisjoint(mark.hash for mark in others)
    assert LIKENESSES.of(BPPD, Identity(name="Maria Bere", nik="12")) == ()


async def test_the_secret_is_kept_wrapped_and_stays_the_same(desk, owner):
    await PEOPLE.must_fit(owner)
    first = await likeness.load(desk, KEY)
    again = await likeness.load(desk, KEY)
    assert first.of(BPPD, MARIA) == again.of(BPPD, MARIA)
    assert first.of(BPPD, MARIA) != LIKENESSES.of(BPPD, MARIA)


async def written(conn, sealed):
    async with conn.transaction():
        await PEOPLE.write(conn.cursor(), (sealed,))


async def maria(conn):
    """What a letter of hers leaves: the person, and the case that stands with her."""
    case = uuid4()
    sealed = PEOPLE.seal_new(uuid4(), BPPD, case, sealable(MARIA, Words()))
    sealed = replace(sealed, likenesses=LIKENESSES.of(BPPD, MARIA))
    received = lettered().event
    received = replace(
        received,
        person=sealed.person,
        identity=sealed.digests[IDENTITY],
        words=sealed.digests[WORDS],
    )
    async with conn.transaction():
        await register.append(conn.cursor(), (entry(case, 1, received, CLERK),))
        await PEOPLE.write(conn.cursor(), (sealed,))
    return sealed


async def test_who_gave_the_same_nik_and_name_is_known(desk):
    sealed = await maria(desk)

    async def known(agency, **who: str | None):
        told = replace(MARIA, **who)
        return await LIKENESSES.known(PEOPLE, desk, agency, told)

    key = PersonKey(sealed.person, sealed.wrapped_key, BPPD)
    assert await known(BPPD) == key
    assert await known(BPPD, name=" MARIA  bere.", phone=None) == key
    assert await known(BPPD, name="Marta Bere") is None
    assert await known(BPPD, name=None) is None
    assert await known(BPPD, nik=None) is None
    assert await known(BPPD, nik="5371995203900043") is None
    assert await known(BIRO) is None


async def test_nothing_is_sealed_for_who_was_erased_meanwhile(desk, owner):
    sealed = await maria(desk)
    key = await LIKENESSES.known(PEOPLE, desk, BPPD, MARIA)
    assert key is not None
    again = PEOPLE.seal_anew(key, uuid4(), sealable(MARIA, Words()))
    again = replace(again, must_live=True)
    await owner.execute("select erase(array[%s], '{}', '{}', now())", (sealed.person,))

    with pytest.raises(StoreRefusedError) as refused:
        await written(desk, again)

    assert refused.value.constraint == PERSON_ERASED
    # Without the question it would stand there, and open for nobody.
    await written(desk, replace(again, must_live=False))
    assert await unsealed.read(PEOPLE, desk, again.record) == {}


async def test_an_erasure_under_way_is_waited_for(desk, database_url):
    sealed = await maria(desk)
    key = PersonKey(sealed.person, sealed.wrapped_key, BPPD)
    again = PEOPLE.seal_anew(key, uuid4(), sealable(MARIA, Words()))
    again = replace(again, must_live=True)
    async with await psycopg.AsyncConnection.connect(database_url) as eraser:
        await eraser.execute(
            "select erase(array[%s], '{}', '{}', now())", (sealed.person,)
        )
        await desk.execute("set lock_timeout = '100ms'")
        with pytest.raises((StoreRefusedError, psycopg.OperationalError)):
            await written(desk, again)
        await eraser.rollback()
    await written(desk, again)
    assert await unsealed.read(PEOPLE, desk, again.record) != {}
