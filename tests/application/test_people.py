"""The people store on PostgreSQL: opened a record at a time, unreadable in a dump."""

from uuid import uuid4

import psycopg
import pytest

from application import requester
from application.cipher import SealBrokenError
from application.discretion import StoreRefusedError
from application.key_generations import OtherKeyError
from application.keys import KeyEncryptionKey
from application.people import People
from application.sealing import PersonKey, SealedMore, digest
from tests import unsealed

PEOPLE = People(KeyEncryptionKey(b"k" * 32))
MARIA = requester.Identity(
    name="Maria Bere",
    phone="081236549870",
    email="maria.bere@example.org",
    address="Jl. El Tari 52, Kupang",
    institution="LSM Timor",
    nik="5371014503900001",
)
QUESTION = requester.Words(
    subject="Peta jabatan Biro", items=("Jumlah pejabat pengawas", "Salinan anjab")
)


def sealed(record=None):
    return PEOPLE.seal_new(
        uuid4(),
        "biro-organisasi",
        record or uuid4(),
        {
            requester.IDENTITY: requester.encode(MARIA),
            requester.WORDS: requester.encode(QUESTION),
        },
    )


async def written(desk, *batch: SealedMore):
    async with desk.transaction():
        await PEOPLE.write(desk.cursor(), batch)


async def erase(owner, person):
    await owner.execute(
        "update persons set wrapped_key = null, erased_at = now() where person = %s",
        (person,),
    )


async def test_a_record_opens_with_all_its_fields(desk):
    one = sealed()
    await written(desk, one, sealed())
    fields = await unsealed.read(PEOPLE, desk, one.record)
    assert requester.identity(fields["identity"]) == MARIA
    assert requester.words(fields["words"]) == QUESTION


async def test_many_records_open_in_one_query(desk):
    batch = [sealed() for _ in range(20)]
    await written(desk, *batch)
    read = await unsealed.reads(
        PEOPLE, desk, [one.record for one in batch[:7]] + [uuid4()]
    )
    assert read.keys() == {one.record for one in batch[:7]}
    assert all(requester.identity(of["identity"]) == MARIA for of in read.values())


async def test_one_field_of_many_records_opens_alone_with_what_came_later(desk):
    one, other = sealed(), sealed()
    key = PersonKey(person=one.person, wrapped=one.wrapped_key)
    phone = requester.encode(requester.Identity(phone="0812777"))
    later = PEOPLE.seal_under(key, one.record, {"identity": phone, "text": b"..."})
    await written(desk, one, other, later)

    told = await unsealed.told_of(
        PEOPLE, desk, [one.record, other.record, uuid4()], "identity"
    )

    maria = requester.encode(MARIA)
    assert told == {
        one.record: {
            one.digests["identity"]: maria,
            later.digests["identity"]: phone,
        },
        other.record: {other.digests["identity"]: maria},
    }
    assert await unsealed.told_of(PEOPLE, desk, [], "identity") == {}


async def test_of_the_erased_not_even_one_field_opens(desk, owner):
    one = sealed()
    await written(desk, one)
    await erase(owner, one.person)

    assert await unsealed.told_of(PEOPLE, desk, [one.record], "words") == {}


async def test_a_record_that_is_unknown_has_no_fields(desk):
    assert await unsealed.read(PEOPLE, desk, uuid4()) == {}


async def test_an_empty_batch_writes_nothing(desk):
    await written(desk)


async def test_a_batch_of_receipts_goes_through_a_pipeline(desk):
    batch = [sealed() for _ in range(3)]
    async with desk.transaction(), desk.pipeline():
        cursor = desk.cursor()
        await PEOPLE.write(cursor, batch)
    assert (
        await unsealed.reads(PEOPLE, desk, [one.record for one in batch])
    ).keys() == {one.record for one in batch}


async def test_words_said_later_are_found_by_the_digest_in_their_event(desk):
    one = sealed()
    await written(desk, one)
    more = await PEOPLE.seal_more(desk, one.record, {"draft": b"Yth. Ibu Maria"})
    again = await PEOPLE.seal_more(desk, one.record, {"draft": b"Dengan hormat"})
    assert more is not None
    assert again is not None
    await written(desk, more, again)
    told = await unsealed.told(PEOPLE, desk, one.record)
    assert told[more.digests["draft"]] == b"Yth. Ibu Maria"
    assert told[again.digests["draft"]] == b"Dengan hormat"
    assert requester.identity(told[one.digests["identity"]]) == MARIA


async def test_a_record_without_a_person_takes_no_more_words(desk):
    assert await PEOPLE.seal_more(desk, uuid4(), {"draft": b"x"}) is None


async def test_an_erased_person_is_told_of_to_nobody(desk, owner):
    one, other = sealed(), sealed()
    await written(desk, one, other)
    await erase(owner, one.person)
    assert await unsealed.read(PEOPLE, desk, one.record) == {}
    assert await unsealed.told(PEOPLE, desk, one.record) == {}
    assert await PEOPLE.seal_more(desk, one.record, {"draft": b"x"}) is None
    assert await unsealed.read(PEOPLE, desk, other.record) != {}


async def test_ciphertexts_swapped_between_two_persons_do_not_open(desk, owner):
    one, other = sealed(), sealed()
    await written(desk, one, other)
    await owner.execute(
        "update sealed set ciphertext = %s where record = %s and field = 'identity'",
        (other.fields["identity"], one.record),
    )
    with pytest.raises(SealBrokenError):
        await unsealed.read(PEOPLE, desk, one.record)
    assert (
        requester.identity(
            (await unsealed.read(PEOPLE, desk, other.record))["identity"]
        )
        == MARIA
    )


async def test_ciphertexts_swapped_between_two_fields_do_not_open(desk, owner):
    one = sealed()
    await written(desk, one)
    await owner.execute(
        "update sealed set ciphertext = %s where record = %s and field = 'words'",
        (one.fields["identity"], one.record),
    )
    with pytest.raises(SealBrokenError):
        await unsealed.read(PEOPLE, desk, one.record)


async def dump(owner):
    tables = await (
        await owner.execute(
            "select table_name from information_schema.tables"
            " where table_schema = 'public'"
        )
    ).fetchall()
    text = ""
    for (table,) in tables:
        rows = await (
            await owner.execute(f'select t::text from "{table}" t')  # noqa: S608
        ).fetchall()
        text += "\n".join(row for (row,) in rows)
    return text


def spellings(value):
    """A value as text and as PostgreSQL prints it in a bytea."""
    return value, value.encode().hex(), value.encode().decode("latin-1")


VALUES = [
    value
    for value in (
        *(getattr(MARIA, field) for field in MARIA.__struct_fields__),
        QUESTION.subject,
        *QUESTION.items,
    )
    if value
]


async def test_a_dump_of_the_database_holds_none_of_the_values(desk, owner):
    one = sealed()
    more = PEOPLE.seal_under(
        await key_after(desk, one), one.record, {"draft": b"Salinan anjab"}
    )
    await written(desk, more)
    text = await dump(owner)
    assert one.fields["words"].hex() in text
    assert not [
        value for value in VALUES for shown in spellings(value) if shown in text
    ]


async def test_the_dump_would_show_a_value_that_was_not_sealed(desk, owner):
    await owner.execute(
        "insert into sealed values (%s, %s, 'identity', %s)",
        (uuid4(), uuid4(), requester.encode(MARIA)),
    )
    text = await dump(owner)
    assert [value for value in VALUES for shown in spellings(value) if shown in text]


async def key_after(desk, one):
    await written(desk, one)
    return (await PEOPLE.keys_of(desk, [one.record]))[one.record]


async def test_an_error_of_the_store_quotes_no_value(desk):
    one = sealed()
    await written(desk, one)
    with pytest.raises(StoreRefusedError) as refusal:
        await written(desk, one)
    assert refusal.value.sqlstate == "23505"
    assert refusal.value.constraint == "persons_pkey"
    assert str(one.person) not in f"{refusal.value!r} {refusal.value}"
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__


async def test_the_desk_can_neither_change_nor_remove_people(desk):
    one = sealed()
    await written(desk, one)
    for statement in (
        "update persons set wrapped_key = null, erased_at = now()",
        "delete from persons",
        "update sealed set field = 'x'",
        "delete from sealed",
        "truncate persons, sealed",
        "update kek_generations set fingerprint = ''",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await desk.execute(statement)
    assert await unsealed.read(PEOPLE, desk, one.record) != {}


async def test_a_database_stays_with_the_key_it_was_begun_with(owner):
    await PEOPLE.must_fit(owner)
    await PEOPLE.must_fit(owner)
    with pytest.raises(OtherKeyError):
        await People(KeyEncryptionKey(b"K" * 32)).must_fit(owner)


async def test_what_the_store_keeps_is_what_the_event_says(desk, owner):
    one = sealed()
    await written(desk, one)
    rows = await (
        await owner.execute(
            "select field, ciphertext from sealed where record = %s", (one.record,)
        )
    ).fetchall()
    assert {field: digest(content) for field, content in rows} == one.digests
