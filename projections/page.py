"""A page of the register on its way into the views, and what had to be parked."""

import asyncio
from collections.abc import Sequence
from typing import Self
from uuid import UUID

import msgspec
import structlog
from psycopg import DataError, IntegrityError

from application import arrays, named_sql
from application.entries import Entry, Line
from application.register import Connection
from application.upcasting import UnknownTagError, UnreadableEventError
from projections.copies import Copy
from projections.view import Sheet

log = structlog.get_logger(__name__)

_SQL = named_sql.load(__file__)
_PARKED_STREAMS = _SQL["parked_streams"]
_PARK = _SQL["park"]

POISON = (
    UnknownTagError,
    UnreadableEventError,
    msgspec.DecodeError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
"""What reading or folding an entry may raise, if the entry or the code is at fault.
A lost connection or want of memory is no fault of an entry, and ends the page."""

AT_A_TIME = 250
"""Lines decoded before somebody else may work."""

BEHIND_PARKED = "BehindParked"
"""Stands as the error of an entry whose predecessor is parked."""


class Parked(msgspec.Struct, frozen=True):
    """An entry that waits for better code, for one copy of a view."""

    copy: Copy
    line: Line
    error: str


class Page:
    """Lines decoded once for all views."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self._entries: dict[int, Entry] = {}
        self._unreadable: dict[int, str] = {}
        self._parked: list[Parked] = []
        self._decode(lines)

    @classmethod
    async def decoded(cls, lines: Sequence[Line]) -> Self:
        """Decode them a few at a time, and let others work in between."""
        page = cls(())
        page.lines = lines
        for some in range(0, len(lines), AT_A_TIME):
            page._decode(lines[some : some + AT_A_TIME])
            await asyncio.sleep(0)
        return page

    def _decode(self, lines: Sequence[Line]) -> None:
        for line in lines:
            try:
                self._entries[line.position] = line.entry()
            except POISON as fault:
                self._unreadable[line.position] = type(fault).__name__

    async def fold_into(self, connection: Connection, copy: Copy) -> None:
        """Fold the page into one copy of a view; what it can't take is parked."""
        streams = list(dict.fromkeys(line.stream for line in self.lines))
        blocked = await _parked_streams(connection, copy, streams)
        try:
            self._parked += await self._write(connection, copy, self.lines, blocked)
        except (DataError, IntegrityError):
            # One row is not to the database's taste: history by history, then.
            for stream in streams:
                own = [line for line in self.lines if line.stream == stream]
                self._parked += await self._write_alone(connection, copy, own, blocked)

    async def keep_parked(self, connection: Connection) -> None:
        """Write down what was parked, where operators look, and say so."""
        for parked in self._parked:
            line = parked.line
            where = {
                "schema": parked.copy.schema,
                "position": line.position,
                "version": line.version,
                "tag": line.tag,
                "error": parked.error,
            }
            log.error("entry_parked", case=str(line.stream), **where)
            await connection.execute(_PARK, where | {"stream": line.stream})

    async def _write(
        self,
        connection: Connection,
        copy: Copy,
        lines: Sequence[Line],
        blocked: frozenset[UUID],
    ) -> list[Parked]:
        entries = [
            self._entries[line.position]
            for line in lines
            if line.position in self._entries and line.stream not in blocked
        ]
        sheet = await copy.view.open(connection, entries)
        behind = set(blocked)
        parked: list[Parked] = []
        for line in lines:
            error = BEHIND_PARKED
            if line.stream not in behind:
                error = self._enter(sheet, line)
            if error:
                parked.append(Parked(copy, line, error))
                behind.add(line.stream)
        async with connection.transaction():
            await sheet.write(connection)
        return parked

    async def _write_alone(
        self,
        connection: Connection,
        copy: Copy,
        lines: Sequence[Line],
        blocked: frozenset[UUID],
    ) -> list[Parked]:
        try:
            return await self._write(connection, copy, lines, blocked)
        except (DataError, IntegrityError) as refusal:
            error = type(refusal).__name__
            return [Parked(copy, line, error) for line in lines]

    def _enter(self, sheet: Sheet, line: Line) -> str:
        """Enter a line on the sheet; the name of the error if it can't be."""
        entry = self._entries.get(line.position)
        if entry is None:
            return self._unreadable[line.position]
        try:
            sheet.enter(entry)
        except POISON as fault:
            return type(fault).__name__
        return ""


async def _parked_streams(
    connection: Connection, copy: Copy, streams: Sequence[UUID]
) -> frozenset[UUID]:
    cursor = await connection.execute(
        _PARKED_STREAMS,
        {"schema": copy.schema, "streams": arrays.uuids(streams)},
        prepare=True,
        binary=True,
    )
    return frozenset(stream for (stream,) in await cursor.fetchall())
