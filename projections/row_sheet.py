"""Rows folded one entry after the other, and written over what stood there."""

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, LiteralString, TypeVar
from uuid import UUID

from typing_extensions import override

from application.entries import Entry
from application.register import Connection
from projections.columns import Columns
from projections.view import Sheet

R = TypeVar("R")


class SkippedVersionError(ValueError):
    """An entry of a history came without the one before it."""


class RowSheet(Sheet, Generic[R]):
    """The rows that a page touches, for views of which few entries make a row."""

    def __init__(
        self,
        standing: Mapping[UUID, R],
        fold: Callable[[R | None, Entry], R | None],
        write: LiteralString,
        columns: Callable[[Sequence[R]], Columns],
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
