"""Views of one row a history, which is folded entry by entry and written over."""

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, LiteralString, Self, TypeVar
from uuid import UUID

import msgspec
from typing_extensions import override

from application import arrays
from application.entries import Entry
from application.register import Connection
from projections.columns import Columns
from projections.view import Sheet, View

F = TypeVar("F")
"""What a row is folded on."""


class SkippedVersionError(ValueError):
    """An entry of a history came without the one before it."""


class Row(msgspec.Struct, Generic[F], frozen=True):
    """What a history has come to, with its place in the register."""

    stream: UUID
    version: int
    position: int
    """Of the last entry that changed it."""
    first_position: int
    folded: F

    @classmethod
    def begun(cls, entry: Entry, folded: F) -> Self:
        """The row after the first entry of a history."""
        return cls(entry.stream, entry.version, entry.position, entry.position, folded)

    def after(self, entry: Entry, folded: F) -> Self:
        """The row after an entry that changed it."""
        return msgspec.structs.replace(
            self, version=entry.version, position=entry.position, folded=folded
        )


def must_come_next(entry: Entry, version: int) -> None:
    """Raise SkippedVersionError for an entry that does not follow on that version."""
    if entry.version != version + 1:
        raise SkippedVersionError


class RowSheet(Sheet, Generic[F]):
    """The rows that a page touches, for views of which few entries make a row."""

    def __init__(
        self,
        standing: Mapping[UUID, Row[F]],
        fold: Callable[[Row[F] | None, Entry], Row[F] | None],
        write: LiteralString,
        columns: Callable[[Sequence[Row[F]]], Columns],
    ) -> None:
        self._rows = dict(standing)
        self._touched: set[UUID] = set()
        self._fold = fold
        self._write = write
        self._columns = columns

    @override
    def enter(self, entry: Entry) -> None:
        before = self._rows.get(entry.stream)
        after = self._fold(before, entry)
        if after is not None and after is not before:
            self._rows[entry.stream] = after
            self._touched.add(entry.stream)

    @override
    async def write(self, connection: Connection) -> None:
        rows = [row for stream, row in self._rows.items() if stream in self._touched]
        if rows:
            await connection.execute(
                self._write, self._columns(rows), prepare=True, binary=True
            )


class RowView(View, Generic[F]):
    """A view whose rows stand in one table, each with what it is folded on."""

    standing: LiteralString
    """Reads the rows of `streams`, in the order of a `Row`."""
    write: LiteralString
    """Writes `columns`, over rows that stand already."""

    def __init__(
        self,
        folded: type[F],
        fold: Callable[[Row[F] | None, Entry], Row[F] | None],
        columns: Callable[[Sequence[Row[F]]], Columns],
    ) -> None:
        self._decode = msgspec.msgpack.Decoder(folded).decode
        self._fold = fold
        self._columns = columns

    @override
    async def open(
        self, connection: Connection, entries: Sequence[Entry]
    ) -> RowSheet[F]:
        known = {entry.stream for entry in entries if entry.version > 1}
        rows = await self._rows_of(connection, list(known)) if known else []
        standing = {row.stream: row for row in rows}
        return RowSheet(standing, self._fold, self.write, self._columns)

    async def _rows_of(
        self, connection: Connection, streams: Sequence[UUID]
    ) -> list[Row[F]]:
        cursor = connection.cursor(binary=True)
        of = {"streams": arrays.uuids(streams)}
        await cursor.execute(self.standing, of, prepare=True)
        return [
            Row(stream, version, position, first, self._decode(folded))
            for stream, version, position, first, folded in await cursor.fetchall()
        ]
