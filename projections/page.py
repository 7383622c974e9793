"""A page of the register on its way into the views, and what had to be parked."""

import asyncio
from collections.abc import Sequence
from typing import Self, TypeAlias
from uuid import UUID

import msgspec
import structlog
from psycopg import DataError, IntegrityError

from application import arrays, named_sql
from application.entries import Entry, Line
from application.register import Connection
from application.upcasting import UnknownTagError, UnreadableEventError
from projections.copies import Copy

log = structlog.get_logger(__name__)

_SQL = named_sql.load(__file__)
_ANY_PARKED = _SQL["any_parked"]
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


Read: TypeAlias = tuple[Line, Entry | None]
"""A line and what it says; None where that can't be read."""


class Page:
    """Lines decoded once for all views."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self._entries: list[Entry | None] = []
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
                self._entries.append(line.entry())
            except POISON as fault:
                self._entries.append(None)
                self._unreadable[line.position] = type(fault).__name__

    async def fold_into(self, connection: Connection, copy: Copy) -> None:
        """Fold the page into one copy of a view; what it can't take is parked."""
        kinds = copy.view.cares_for
        read = [
            (line, entry)
            for line, entry in zip(self.lines, self._entries, strict=True)
            if entry is None or type(entry.event) in kinds
        ]
        if not read:
            return
        blocked = await _parked_streams(connection, copy, read)
        try:
            self._parked += await self._write(connection, copy, read, blocked)
        except (DataError, IntegrityError):
            # One row is not to the database's taste: history by history, then.
            for stream in dict.fromkeys(line.stream for line, _ in read):
                own = [each for each in read if each[0].stream == stream]
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
        read: Sequence[Read],
        blocked: frozenset[UUID],
    ) -> list[Parked]:
        entries = [
            entry
            for line, entry in read
            if entry is not None and not (blocked and line.stream in blocked)
        ]
        sheet = await copy.view.open(connection, entries)
        behind = set(blocked)
        parked: list[Parked] = []
        for line, entry in read:
            error = ""
            if behind and line.stream in behind:
                error = BEHIND_PARKED
            elif entry is None:
                error = self._unreadable[line.position]
            else:
                try:
                    sheet.enter(entry)
                except POISON as fault:
                    error = type(fault).__name__
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
        read: Sequence[Read],
        blocked: frozenset[UUID],
    ) -> list[Parked]:
        try:
            return await self._write(connection, copy, read, blocked)
        except (DataError, IntegrityError) as refusal:
            error = type(refusal).__name__
            return [Parked(copy, line, error) for line, _ in read]


async def _parked_streams(
    connection: Connection, copy: Copy, read: Sequence[Read]
) -> frozenset[UUID]:
    """Of these histories the ones that the copy lacks entries of; mostly none."""
    where = {"schema": copy.schema}
    cursor = await connection.execute(_ANY_PARKED, where, prepare=True)
    if await cursor.fetchone() is None:
        return frozenset()
    streams = arrays.uuids(list({line.stream for line, _ in read}))
    cursor = await connection.execute(
        _PARKED_STREAMS, where | {"streams": streams}, prepare=True, binary=True
    )
    return frozenset(stream for (stream,) in await cursor.fetchall())
