"""The people store: who asked and in which words, sealed, for those who may know.

Sealing is pure and done before the desk's transaction; the rows are written in it.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from psycopg import AsyncConnection, AsyncCursor
from psycopg.rows import class_row, scalar_row

from application import arrays, named_sql
from application.discretion import discreet
from application.sealing import PersonKey, SealedMore, SealedPerson, Sealing, digest
from domain.values import Digest

_SQL = named_sql.load(__file__)
_INSERT_PERSONS = _SQL["insert_persons"]
_INSERT_SEALED = _SQL["insert_sealed"]
_OF_RECORDS = _SQL["of_records"]
_FIELDS_OF_RECORDS = _SQL["fields_of_records"]
_KEYS_OF_RECORDS = _SQL["keys_of_records"]
_CLAIM_KEY = _SQL["claim_key"]
_CLAIMED_KEY = _SQL["claimed_key"]


class OtherKeyError(Exception):
    """The key file is not the one that this database's people were sealed with."""

    def __init__(self) -> None:
        super().__init__(
            "this database was sealed with another key-encryption key: "
            "put the key file that belongs to it in place"
        )


class _Field(msgspec.Struct, frozen=True):
    person: UUID
    record: UUID
    field: str
    ciphertext: bytes
    wrapped_key: bytes


class _Key(msgspec.Struct, frozen=True):
    record: UUID
    person: UUID
    wrapped_key: bytes


class People(Sealing):
    """Writes what `Sealing` sealed and opens it again, a record at a time.

    An erased person's fields are left out of every answer, as if never told.
    """

    async def must_fit(self, conn: AsyncConnection[Any]) -> None:
        """Take a new database for this key; `OtherKeyError` when it has another."""
        await conn.execute(_CLAIM_KEY, {"fingerprint": self.kek.fingerprint})
        async with conn.cursor(binary=True, row_factory=scalar_row) as cursor:
            await cursor.execute(_CLAIMED_KEY)
            if await cursor.fetchone() != self.kek.fingerprint:
                raise OtherKeyError

    async def write(
        self, cursor: AsyncCursor[Any], sealed: Sequence[SealedMore]
    ) -> None:
        """Write a batch in the caller's transaction: two statements at most.

        Nothing is fetched, so that a pipeline goes on without a sync.
        """
        persons = [one for one in sealed if isinstance(one, SealedPerson)]
        fields = [(one, name) for one in sealed for name in one.fields]
        with discreet():
            if persons:
                await cursor.execute(
                    _INSERT_PERSONS,
                    {
                        "person": arrays.uuids([one.person for one in persons]),
                        "agency": arrays.texts([one.agency for one in persons]),
                        "wrapped_key": arrays.byteas(
                            [one.wrapped_key for one in persons]
                        ),
                    },
                    prepare=True,
                )
            if fields:
                await cursor.execute(
                    _INSERT_SEALED,
                    {
                        "person": arrays.uuids([one.person for one, _ in fields]),
                        "record": arrays.uuids([one.record for one, _ in fields]),
                        "field": arrays.texts([name for _, name in fields]),
                        "ciphertext": arrays.byteas(
                            [one.fields[name] for one, name in fields]
                        ),
                    },
                    prepare=True,
                )

    async def seal_more(
        self,
        conn: AsyncConnection[Any],
        record: UUID,
        fields: Mapping[str, bytes],
    ) -> SealedMore | None:
        """Seal further fields under the key of the record's person.

        None when the record has no person, or the person is erased.
        """
        key = (await self.keys_of(conn, (record,))).get(record)
        return None if key is None else self.seal_under(key, record, fields)

    async def keys_of(
        self, conn: AsyncConnection[Any], records: Collection[UUID]
    ) -> dict[UUID, PersonKey]:
        """Fetch the wrapped key of each record's person, for `seal_under`."""
        async with conn.cursor(binary=True, row_factory=class_row(_Key)) as cursor:
            with discreet():
                await cursor.execute(
                    _KEYS_OF_RECORDS, {"records": arrays.uuids(list(records))}
                )
            return {
                row.record: PersonKey(person=row.person, wrapped=row.wrapped_key)
                async for row in cursor
            }

    async def read(self, conn: AsyncConnection[Any], record: UUID) -> dict[str, bytes]:
        """Open all fields of one record, by the name they are kept under."""
        return (await self.reads(conn, (record,))).get(record, {})

    async def reads(
        self, conn: AsyncConnection[Any], records: Collection[UUID]
    ) -> dict[UUID, dict[str, bytes]]:
        """Open the fields of many records in one query; empty records are left out."""
        opened: dict[UUID, dict[str, bytes]] = defaultdict(dict)
        for row in await self._rows(conn, records):
            opened[row.record][row.field] = self._opened(row)
        return dict(opened)

    async def told(
        self, conn: AsyncConnection[Any], record: UUID
    ) -> dict[Digest, bytes]:
        """Open all fields of one record, by the digest that its events carry."""
        return {
            digest(row.ciphertext): self._opened(row)
            for row in await self._rows(conn, (record,))
        }

    async def told_of(
        self, conn: AsyncConnection[Any], records: Collection[UUID], field: str
    ) -> dict[UUID, dict[Digest, bytes]]:
        """Open one field of many records, whatever came later of it too, by digest.

        Nothing else is fetched or opened; empty records are left out.
        """
        if not records:
            return {}
        opened: dict[UUID, dict[Digest, bytes]] = defaultdict(dict)
        wanted = {"records": arrays.uuids(list(records)), "field": field}
        async with conn.cursor(binary=True, row_factory=class_row(_Field)) as cursor:
            with discreet():
                await cursor.execute(_FIELDS_OF_RECORDS, wanted)
            for row in await cursor.fetchall():
                opened[row.record][digest(row.ciphertext)] = self._opened(row)
        return dict(opened)

    async def _rows(
        self, conn: AsyncConnection[Any], records: Collection[UUID]
    ) -> list[_Field]:
        async with conn.cursor(binary=True, row_factory=class_row(_Field)) as cursor:
            with discreet():
                await cursor.execute(
                    _OF_RECORDS, {"records": arrays.uuids(list(records))}
                )
            return await cursor.fetchall()

    def _opened(self, row: _Field) -> bytes:
        return self.open(
            row.wrapped_key, row.person, row.record, row.field, row.ciphertext
        )
