"""Reconciles the database with the ledger of erasures, at every start.

A backup that is restored is older than some erasures: the ledger has them, and they
are carried out again, and told in the histories, before anybody is served. A process
that was killed between its commit and its line in the ledger is made up for.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeAlias
from uuid import UUID

import msgspec
from psycopg import AsyncConnection

from application import arrays, named_sql, told_again
from application.erased_ledger import Erased, ErasedLedger, of_document, of_person
from application.erasing import erase
from application.told_again import Again
from domain.values import AgencyCode, Digest

_SQL = named_sql.load(__file__)
_ERASED_PERSONS = _SQL["erased_persons"]
_ERASED_DOCUMENTS = _SQL["erased_documents"]
_LIVING_PERSONS = _SQL["living_persons"]
_LIVING_DOCUMENTS = _SQL["living_documents"]


Documents: TypeAlias = list[tuple[AgencyCode, Digest]]


class Reconciled(msgspec.Struct, frozen=True):
    """What a start had to make up for."""

    entered: int
    """Lines that the ledger lacked."""
    persons: tuple[UUID, ...]
    """Who was there again, and is erased again."""
    documents: tuple[tuple[AgencyCode, Digest], ...]
    """Which documents were there again, and are erased again."""


async def reconcile(
    conn: AsyncConnection[Any],
    ledger: ErasedLedger,
    now: Callable[[], datetime],
    new_id: Callable[[], UUID],
) -> Reconciled:
    """Let both say the same, and the histories too; raises `LedgerBrokenError`.

    What was written of an erased person by somebody who came too late goes as well.
    """
    lines = await asyncio.to_thread(ledger.lines)
    async with conn.transaction():
        await told_again.be_the_only_one(conn)
        persons = await _living_persons(conn, lines)
        documents = await _living_documents(conn, lines)
        again_at = {
            UUID(one.name): one.at
            for one in lines
            if one.kind == "person" and UUID(one.name) in persons
        }
        await told_again.tell(conn, Again(again_at, documents), now(), new_id)
        cursor = conn.cursor(binary=True)
        for at, (again, papers) in _by_instant(lines, persons, documents).items():
            await erase(cursor, again, papers, at)
        all_of_them = await erased(conn)
        if gone := [UUID(one.name) for one in all_of_them if one.kind == "person"]:
            await erase(cursor, gone, (), all_of_them[0].at)
    entered = await asyncio.to_thread(ledger.enter, all_of_them)
    return Reconciled(entered, tuple(sorted(persons)), tuple(sorted(documents)))


async def _living_persons(
    conn: AsyncConnection[Any], lines: Sequence[Erased]
) -> set[UUID]:
    persons = [UUID(one.name) for one in lines if one.kind == "person"]
    if not persons:
        return set()
    cursor = conn.cursor(binary=True)
    await cursor.execute(_LIVING_PERSONS, {"persons": arrays.uuids(persons)})
    return {person async for (person,) in cursor}


async def _living_documents(
    conn: AsyncConnection[Any], lines: Sequence[Erased]
) -> set[tuple[AgencyCode, Digest]]:
    documents = [(one.document, one.at) for one in lines if one.kind == "document"]
    if not documents:
        return set()
    cursor = conn.cursor(binary=True)
    await cursor.execute(
        _LIVING_DOCUMENTS,
        {
            "agencies": arrays.texts([agency for (agency, _), _ in documents]),
            "sha256s": arrays.byteas(
                [bytes.fromhex(sha256) for (_, sha256), _ in documents]
            ),
            "erased_at": arrays.instants([at for _, at in documents]),
        },
    )
    return {(agency, sha256) async for agency, sha256 in cursor}


def _by_instant(
    lines: Sequence[Erased],
    persons: set[UUID],
    documents: set[tuple[AgencyCode, Digest]],
) -> dict[datetime, tuple[list[UUID], Documents]]:
    """Those who live again, under the instants at which they were erased first."""
    found: dict[datetime, tuple[list[UUID], Documents]] = defaultdict(lambda: ([], []))
    for one in lines:
        match one.kind:
            case "person" if UUID(one.name) in persons:
                found[one.at][0].append(UUID(one.name))
            case "document" if one.document in documents:
                found[one.at][1].append(one.document)
            case _:
                pass
    return found


async def erased(conn: AsyncConnection[Any]) -> list[Erased]:
    """All whose key the database has no more, persons first."""
    cursor = conn.cursor(binary=True)
    await cursor.execute(_ERASED_PERSONS)
    persons = [of_person(one, at.astimezone(UTC)) async for one, at in cursor]
    await cursor.execute(_ERASED_DOCUMENTS)
    return persons + [
        of_document(agency, sha256, at.astimezone(UTC))
        async for agency, sha256, at in cursor
    ]
