"""What the readers' role may do: look, keep a document, and nothing else."""

import hashlib

import psycopg
import pytest

from application.documents import Documents
from application.keys import KeyEncryptionKey
from projections import copies
from projections.views import SERVING

DOCUMENTS = Documents(KeyEncryptionKey(b"k" * 32))
SCAN = b"isi surat"


@pytest.fixture
async def reader(database_url: str):
    async with await psycopg.AsyncConnection.connect(
        database_url, autocommit=True
    ) as connection:
        await copies.look_in(connection, SERVING)
        await connection.execute("set role disposisi_reader")
        yield connection


APPEND = (
    "select register_append(array[gen_random_uuid()], array[1::bigint], array['x'],"
    " array['x'::bytea], null, null, null, null)"
)
ERASE = (
    "select erase(array[gen_random_uuid()], array[]::bytea[], array[]::text[], now())"
)
LINE = (
    "insert into register (originator_id, originator_version, topic, state)"
    " values (gen_random_uuid(), 1, 'x', 'x')"
)
TOKEN = (
    "insert into tokens (hash, official, issued_at, expires_at)"
    " values ('x', 'kepala', now(), now() + interval '1 year')"
)


@pytest.mark.parametrize(
    "statement",
    [
        APPEND,
        ERASE,
        TOKEN,
        LINE,
        "insert into persons values (gen_random_uuid(), 'bppd', 'x')",
        "insert into sealed values (gen_random_uuid(), gen_random_uuid(), 'x', 'x')",
        "insert into likenesses values (gen_random_uuid(), 'bppd', 'nik', 'x')",
        "insert into readings default values",
        "insert into officials (id) values ('x')",
        "insert into kek_generations values (7, 'x')",
        "update persons set wrapped_key = null, erased_at = now()",
        "update documents set type = 'x'",
        "update tokens set revoked_at = null",
        "update officials set roles = '{administrator}'",
        "update kept_secrets set wrapped_key = 'x'",
        "update views set position = 0",
        "update log_state set size = 0",
        "delete from documents",
        "delete from sealed",
        "delete from readings",
        "truncate register",
        "select * from replies",
        "select * from counters",
        "select password from accounts",
        "select * from sign_in_links",
        "select * from sessions",
        "select * from operator_acts",
        "create table public.mine (a int)",
        "create function public.mine() returns int language sql as 'select 1'",
        "alter table register disable trigger user",
        "delete from cases",
        "update cases set stage = 'closed'",
    ],
)
async def test_readers_are_refused(reader, statement: str):
    with pytest.raises(
        (psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedTable)
    ) as refusal:
        await reader.execute(statement)
    assert isinstance(refusal.value, psycopg.errors.InsufficientPrivilege)


async def test_readers_keep_a_document_and_find_it(reader):
    await DOCUMENTS.store(
        reader, "bppd", "y", content=SCAN, type_="text/plain", name="surat"
    )
    sha256 = hashlib.sha256(SCAN).hexdigest()
    assert await DOCUMENTS.known(reader, "bppd", [sha256]) == {sha256}


async def test_readers_see_every_view(reader):
    for copy in SERVING:
        found = await reader.execute(
            "select relname from pg_class where relnamespace = to_regnamespace(%s)"
            " and relkind = 'r'",
            (copy.schema,),
        )
        tables = await found.fetchall()
        assert tables
        for (table,) in tables:
            await reader.execute(
                psycopg.sql.SQL("select from {} limit 1").format(
                    psycopg.sql.Identifier(table)
                )
            )


async def test_the_desks_role_is_not_theirs(reader):
    """A session may only be what its login may be; the role alone gives no other."""
    found = await reader.execute(
        "select pg_has_role('disposisi_reader', 'disposisi_desk', 'member')"
    )
    assert await found.fetchone() == (False,)
