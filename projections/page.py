"""A page of the register on its way into the views, and what had to be parked."""

import asyncio
import struct
from collections.abc import Iterable, Sequence
from typing import Self, TypeAlias
from uuid import UUID

import msgspec
from psycopg import DataError, IntegrityError
from psycopg.errors import ProgramLimitExceeded

from application.entries import Entry, Line
from application.register import Connection
from application.upcasting import UnknownTagError, UnreadableEventError
from projections import set_aside
from projections.copies import Copy
from projections.set_aside import BEHIND_PARKED, Parked
from projections.view import Sheet

POISON = (
    UnknownTagError,
    UnreadableEventError,
    msgspec.MsgspecError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
"""What reading or folding an entry may raise, if the entry or the code is at fault.
A lost connection or want of memory is no fault of an entry, and ends the page."""

REFUSALS = (DataError, IntegrityError, ProgramLimitExceeded, *POISON)
"""What opening a sheet or writing it may raise, because of what was folded."""

AT_A_TIME = 250
"""Lines decoded before somebody else may work."""

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
        blocked = await set_aside.histories(
            connection, copy, (line.stream for line, _ in read)
        )
        try:
            self._parked += await self._write(connection, copy, read, blocked)
        except REFUSALS:
            # One row is not to the database's taste: history by history, then.
            for own in _histories(read):
                self._parked += await self._write_alone(connection, copy, own, blocked)

    @property
    def parked(self) -> Sequence[Parked]:
        """What the copies could not take that it was folded into."""
        return self._parked

    async def keep_parked(self, connection: Connection) -> None:
        """Write down what was parked, where operators look, and say so."""
        await set_aside.keep(connection, self._parked)

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
        async with connection.transaction():
            sheet = await copy.view.open(connection, entries)
            parked = self._enter(sheet, copy, read, blocked)
            await sheet.write(connection)
        return parked

    def _enter(
        self, sheet: Sheet, copy: Copy, read: Sequence[Read], blocked: frozenset[UUID]
    ) -> list[Parked]:
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
        return parked

    async def _write_alone(
        self,
        connection: Connection,
        copy: Copy,
        read: Sequence[Read],
        blocked: frozenset[UUID],
    ) -> list[Parked]:
        """Write one history; where it is refused, entry by entry up to the refused one.

        So its row stands where it would had each entry come in a page of its own.
        """
        try:
            return await self._write(connection, copy, read, blocked)
        except REFUSALS:
            for n, each in enumerate(read):
                try:
                    parked = await self._write(connection, copy, [each], blocked)
                except REFUSALS as refusal:
                    parked = [Parked(copy, each[0], type(refusal).__name__)]
                if parked:
                    rest = read[n + 1 :]
                    return parked + [
                        Parked(copy, line, BEHIND_PARKED) for line, _ in rest
                    ]
        return []


def _histories(read: Iterable[Read]) -> Iterable[list[Read]]:
    """What was read of each history."""
    found: dict[UUID, list[Read]] = {}
    for each in read:
        found.setdefault(each[0].stream, []).append(each)
    return found.values()
