"""The people store: who asked and in which words, sealed, for those who may know.

Sealing is pure and done before the desk's transaction; the rows are written in it. What
is read here stays closed: a reading room opens it (reading_room.py).
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, LiteralString
from uuid import UUID

import msgspec
from psycopg import AsyncConnection, AsyncCursor
from psycopg.rows import class_row

from application import arrays, key_generations, named_sql
from application.discretion import discreet
from application.sealing import PersonKey, SealedMore, SealedPerson, Sealing

_SQL = named_sql.load(__file__)
_INSERT_PERSONS = _SQL["insert_persons"]
_INSERT_SEALED = _SQL["insert_sealed"]
_OF_RECORDS = _SQL["of_records"]
_FIELDS_OF_RECORDS = _SQL["fields_of_records"]
_KEYS_OF_RECORDS = _SQL["keys_of_records"]
_INSERT_LIKENESSES = _SQL["insert_likenesses"]
_FORGET_LIKENESSES = _SQL["forget_likenesses"]
_MUST_LIVE = _SQL["must_live"]

PERSON_ERASED: Final = "persons_living"
"""Who was known when this was sealed is erased; seal it for somebody new."""


class ClosedField(msgspec.Struct, frozen=True):
    """One sealed field as the database holds it; nothing of it is legible."""

    person: UUID
    record: UUID
    field: str
    """The name under which it is kept; see `name`."""
    ciphertext: bytes
    wrapped_key: bytes
    restricted: bool
    """Whether nobody uses the person's data for the time being."""

    @property
    def name(self) -> str:
        """What it is; a field that came again is kept under `name/<random>`."""
        return self.field.partition("/")[0]


class _Key(msgspec.Struct, frozen=True):
    record: UUID
    person: UUID
    wrapped_key: bytes
    agency: str


class People(Sealing):
    """Writes what `Sealing` sealed and finds it again, a record at a time.

    An erased person's fields are left out of every answer, as if never told.
    """

    async def must_fit(self, conn: AsyncConnection[Any]) -> None:
        """Take a new database for this key; `OtherKeyError` when it has another."""
        await key_generations.must_fit(conn, self.kek)

    async def write(
        self, cursor: AsyncCursor[Any], sealed: Sequence[SealedMore]
    ) -> None:
        """Write a batch in the caller's transaction: five statements at most.

        Nothing is fetched, so that a pipeline goes on without a sync. Violates the
        constraint `PERSON_ERASED` where one who must live was erased meanwhile.
        """
        persons = [one for one in sealed if isinstance(one, SealedPerson)]
        fields = [(one, name) for one in sealed for name in one.fields]
        marks = [(one.person, mark) for one in sealed for mark in one.likenesses]
        unlike = [(one.person, kind) for one in sealed for kind in one.unlike]
        living = [one.person for one in sealed if one.must_live]
        with discreet():
            if living:
                await self.must_live(cursor, living)
            if persons:
                await cursor.execute(
                    _INSERT_PERSONS,
                    {
                        "person": arrays.uuids([one.person for one in persons]),
                        "agency": arrays.texts([one.agency for one in persons]),
                        "wrapped_key": arrays.byteas(
                            # A newer generation may have begun since it was sealed.
                            [self.wrapped_now(one) for one in persons]
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
            if unlike:
                await cursor.execute(
                    _FORGET_LIKENESSES,
                    {
                        "persons": arrays.uuids([person for person, _ in unlike]),
                        "kinds": arrays.texts([kind for _, kind in unlike]),
                    },
                )
            if marks:
                await cursor.execute(
                    _INSERT_LIKENESSES,
                    {
                        "person": arrays.uuids([person for person, _ in marks]),
                        "agency": arrays.texts([mark.agency for _, mark in marks]),
                        "kind": arrays.texts([mark.kind for _, mark in marks]),
                        "hash": arrays.byteas([mark.hash for _, mark in marks]),
                    },
                    prepare=True,
                )

    async def must_live(
        self, cursor: AsyncCursor[Any], persons: Sequence[UUID]
    ) -> None:
        """Violates `PERSON_ERASED` where one of them is erased; else none will be.

        That holds until the caller's transaction ends.
        """
        with discreet():
            await cursor.execute(
                _MUST_LIVE, {"persons": arrays.uuids(persons)}, prepare=True
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
                row.record: PersonKey(row.person, row.wrapped_key, row.agency)
                async for row in cursor
            }

    async def closed(
        self, conn: AsyncConnection[Any], records: Collection[UUID]
    ) -> tuple[ClosedField, ...]:
        """Find all fields of these records, in one query."""
        return await self._found(
            conn, _OF_RECORDS, {"records": arrays.uuids(list(records))}
        )

    async def closed_of(
        self, conn: AsyncConnection[Any], records: Collection[UUID], *fields: str
    ) -> tuple[ClosedField, ...]:
        """Find these fields of the records alone, and whatever came later of them."""
        if not records:
            return ()
        wanted = {
            "records": arrays.uuids(list(records)),
            "fields": arrays.texts(fields),
        }
        return await self._found(conn, _FIELDS_OF_RECORDS, wanted)

    async def _found(
        self,
        conn: AsyncConnection[Any],
        statement: LiteralString,
        wanted: Mapping[str, object],
    ) -> tuple[ClosedField, ...]:
        async with conn.cursor(
            binary=True, row_factory=class_row(ClosedField)
        ) as cursor:
            with discreet():
                await cursor.execute(statement, wanted)
            return tuple(await cursor.fetchall())
