"""The people store on PostgreSQL: opened a record at a time, unreadable in a dump."""

from uuid import uuid4

import psycopg
import pytest

from application import requester
from application.cipher import SealBrokenError
from application.discretion import StoreRefusedError
from application.keys import KeyEncryptionKey
from application.people import OtherKeyError, People
from application.sealing import SealedMore, digest

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


@pytest.fixture
async def conn(database_url):
    async with await psycopg.AsyncConnection.connect(
        database_url, autocommit=True
    ) as connection:
        await connection.execute("set role disposisi_desk")
        yield connection


@pytest.fixture
async def owner(database_url):
    async with await psycopg.AsyncConnection.connect(
        database_url, autocommit=True
    ) as connection:
        yield connection


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


async def written(conn, *batch: SealedMore):
    async with conn.transaction():
        await PEOPLE.write(conn.cursor(), batch)


async def erase(owner, person):
    await owner.execute(
        "update persons set wrapped_key = null, erased_at = now() where person = %s",
        (person,),
    )


async def test_a_record_opens_with_all_its_fields(conn):
    one = sealed()
    await written(conn, one, sealed())
    fields = await PEOPLE.read(conn, one.record)
    assert requester.identity(fields["identity"]) == MARIA
    assert requester.words(fields["words"]) == QUESTION


async def test_many_records_open_in_one_query(conn):
    batch = [sealed() for _ in range(20)]
    await written(conn, *batch)
    read = await PEOPLE.reads(conn, [one.record for one in batch[:7]] + [uuid4()])
    assert read.keys() == {one.record for one in batch[:7]}
    assert all(requester.identity(of["identity"]) == MARIA for of in read.values())


async def test_a_record_that_is_unknown_has_no_fields(conn):
    assert await PEOPLE.read(conn, uuid4()) == {}


async def test_an_empty_batch_writes_nothing(conn):
    await written(conn)


async def test_a_batch_of_receipts_goes_through_a_pipeline(conn):
    batch = [sealed() for _ in range(3)]
    async with conn.transaction(), conn.pipeline():
        cursor = conn.cursor()
        await PEOPLE.write(cursor, batch)
    assert (await PEOPLE.reads(conn, [one.record for one in batch])).keys() == {
        one.record for one in batch
    }


async def test_words_said_later_are_found_by_the_digest_in_their_event(conn):
    one = sealed()
    await written(conn, one)
    more = await PEOPLE.seal_more(conn, one.record, {"draft": b"Yth. Ibu Maria"})
    again = await PEOPLE.seal_more(conn, one.record, {"draft": b"Dengan hormat"})
    assert more is not None
    assert again is not None
    await written(conn, more, again)
    told = await PEOPLE.told(conn, one.record)
    assert told[more.digests["draft"]] == b"Yth. Ibu Maria"
    assert told[again.digests["draft"]] == b"Dengan hormat"
    assert requester.identity(told[one.digests["identity"]]) == MARIA


async def test_a_record_without_a_person_takes_no_more_words(conn):
    assert await PEOPLE.seal_more(conn, uuid4(), {"draft": b"x"}) is None


async def test_an_erased_person_is_told_of_to_nobody(conn, owner):
    one, other = sealed(), sealed()
    await written(conn, one, other)
    await erase(owner, one.person)
    assert await PEOPLE.read(conn, one.record) == {}
    assert await PEOPLE.told(conn, one.record) == {}
    assert await PEOPLE.seal_more(conn, one.record, {"draft": b"x"}) is None
    assert await PEOPLE.read(conn, other.record) != {}


async def test_ciphertexts_swapped_between_two_persons_do_not_open(conn, owner):
    one, other = sealed(), sealed()
    await written(conn, one, other)
    await owner.execute(
        "update sealed set ciphertext = %s where record = %s and field = 'identity'",
        (other.fields["identity"], one.record),
    )
    with pytest.raises(SealBrokenError):
        await PEOPLE.read(conn, one.record)
    assert (
        requester.identity((await PEOPLE.read(conn, other.record))["identity"]) == MARIA
    )


async def test_ciphertexts_swapped_between_two_fields_do_not_open(conn, owner):
    one = sealed()
    await written(conn, one)
    await owner.execute(
        "update sealed set ciphertext = %s where record = %s and field = 'words'",
        (one.fields["identity"], one.record),
    )
    with pytest.raises(SealBrokenError):
        await PEOPLE.read(conn, one.record)


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


async def test_a_dump_of_the_database_holds_none_of_the_values(conn, owner):
    one = sealed()
    more = PEOPLE.seal_under(
        await key_after(conn, one), one.record, {"draft": b"Salinan anjab"}
    )
    await written(conn, more)
    text = await dump(owner)
    assert one.fields["words"].hex() in text
    assert not [
        value for value in VALUES for shown in spellings(value) if shown in text
    ]


async def test_the_dump_would_show_a_value_that_was_not_sealed(conn, owner):
    await owner.execute(
        "insert into sealed values (%s, %s, 'identity', %s)",
        (uuid4(), uuid4(), requester.encode(MARIA)),
    )
    text = await dump(owner)
    assert [value for value in VALUES for shown in spellings(value) if shown in text]


async def key_after(conn, one):
    await written(conn, one)
    return (await PEOPLE.keys_of(conn, [one.record]))[one.record]


async def test_an_error_of_the_store_quotes_no_value(conn):
    one = sealed()
    await written(conn, one)
    with pytest.raises(StoreRefusedError) as refusal:
        await written(conn, one)
    assert refusal.value.sqlstate == "23505"
    assert refusal.value.constraint == "persons_pkey"
    assert str(one.person) not in f"{refusal.value!r} {refusal.value}"
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__


async def test_the_desk_can_neither_change_nor_remove_people(conn):
    one = sealed()
    await written(conn, one)
    for statement in (
        "update persons set wrapped_key = null, erased_at = now()",
        "delete from persons",
        "update sealed set field = 'x'",
        "delete from sealed",
        "truncate persons, sealed",
        "update key_encryption_key set fingerprint = ''",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await conn.execute(statement)
    assert await PEOPLE.read(conn, one.record) != {}


async def test_a_database_stays_with_the_key_it_was_begun_with(conn):
    await PEOPLE.must_fit(conn)
    await PEOPLE.must_fit(conn)
    with pytest.raises(OtherKeyError):
        await People(KeyEncryptionKey(b"K" * 32)).must_fit(conn)


async def test_what_the_store_keeps_is_what_the_event_says(conn, owner):
    one = sealed()
    await written(conn, one)
    rows = await (
        await owner.execute(
            "select field, ciphertext from sealed where record = %s", (one.record,)
        )
    ).fetchall()
    assert {field: digest(content) for field, content in rows} == one.digests
