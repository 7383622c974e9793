"""Documents: kept once an agency under their digest, sealed, never changed."""

import asyncio
import hashlib
import time

import psycopg
import pytest

from application.cipher import SealBrokenError
from application.documents import Document, Documents, Stored
from application.keys import KeyEncryptionKey
from tests import unsealed

DOCUMENTS = Documents(KeyEncryptionKey(b"k" * 32))
LETTER = b"%PDF-1.7 Surat permohonan Maria Bere"
SHA256 = hashlib.sha256(LETTER).hexdigest()
NAME = "surat-maria-bere.pdf"


async def store(
    desk, agency="bppd", content=LETTER, type_="application/pdf", name=NAME
):
    return await DOCUMENTS.store(
        desk,
        agency,
        "yohana",
        content=content,
        type_=type_,
        name=name,
    )


async def fetch(desk, sha256=SHA256):
    document = await unsealed.fetch(DOCUMENTS, desk, "bppd", sha256)
    assert document is not None
    return document


async def test_a_document_is_kept_under_the_digest_of_its_bytes(desk):
    assert await store(desk) == Stored(SHA256, len(LETTER), "application/pdf")
    assert await unsealed.fetch(DOCUMENTS, desk, "bppd", SHA256) == Document(
        sha256=SHA256, type="application/pdf", name=NAME, content=LETTER
    )


async def test_the_same_bytes_again_change_nothing(desk):
    first = await store(desk)
    assert await store(desk, type_="text/plain", name="lain.txt") == first
    kept = await fetch(desk)
    assert (kept.type, kept.name) == ("application/pdf", NAME)


async def test_the_same_bytes_brought_at_once_are_kept_once(desk, database_url):
    async with await psycopg.AsyncConnection.connect(
        database_url, autocommit=True
    ) as other:
        answers = await asyncio.gather(store(desk), store(other))
    assert answers[0] == answers[1]


async def test_a_document_belongs_to_its_agency_alone(desk):
    await store(desk)
    assert await unsealed.fetch(DOCUMENTS, desk, "biro-organisasi", SHA256) is None
    assert await DOCUMENTS.known(desk, "biro-organisasi", [SHA256]) == set()
    await store(desk, agency="biro-organisasi")
    assert await unsealed.fetch(DOCUMENTS, desk, "biro-organisasi", SHA256) is not None


@pytest.mark.parametrize("sha256", ["0" * 64, "", "no digest", "é"])
async def test_an_unknown_digest_is_no_document(desk, sha256):
    await store(desk)
    assert await unsealed.fetch(DOCUMENTS, desk, "bppd", sha256) is None
    assert await DOCUMENTS.known(desk, "bppd", [sha256, SHA256]) == {SHA256}


async def test_an_empty_document_is_kept_like_any_other(desk):
    stored = await store(desk, content=b"", name="")
    assert stored.size == 0
    assert (await fetch(desk, stored.sha256)).content == b""


async def test_the_database_holds_neither_bytes_nor_name(desk):
    await store(desk)
    [row] = await (await desk.execute("select d::text from documents d")).fetchone()
    assert SHA256 in row
    for told in (LETTER, b"Maria Bere", NAME.encode(), b"maria"):
        assert told.hex() not in row
        assert told.decode() not in row


async def test_a_document_moved_to_another_agency_does_not_open(desk, database_url):
    await store(desk)
    async with await psycopg.AsyncConnection.connect(database_url) as owner:
        await owner.execute("alter table documents disable trigger user")
        await owner.execute("update documents set agency = 'biro-organisasi'")
    with pytest.raises(SealBrokenError):
        await unsealed.fetch(DOCUMENTS, desk, "biro-organisasi", SHA256)


async def test_the_desk_can_neither_change_nor_remove_a_document(desk):
    await store(desk)
    for statement in (
        "update documents set type = 'text/plain'",
        "delete from documents",
        "truncate documents",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await desk.execute(statement)


async def test_the_largest_document_leaves_the_event_loop_free(desk):
    content = b"x" * (25 << 20)
    waits = []

    async def watch():
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            waits.append(time.perf_counter() - before)

    watching = asyncio.create_task(watch())
    stored = await store(desk, content=content)
    document = await fetch(desk, stored.sha256)
    watching.cancel()
    assert document.content == content
    assert max(waits) < 1
