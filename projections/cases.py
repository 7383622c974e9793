"""One row a case, as lists, boards and registers ask for it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import LiteralString
from uuid import UUID

import msgspec
from msgspec.structs import replace
from typing_extensions import override

from application import arrays, named_sql
from application.entries import Entry
from application.register import Connection
from domain import events
from domain.case import ANSWERED, Case
from domain.clocks import RunningClock
from domain.evolution import evolve
from domain.values import Stage
from projections.view import Sheet, View

_SQL = named_sql.load(__file__)
_FOLDED = _SQL["folded"]
_INSERT = _SQL["insert"]
_UPDATE = _SQL["update"]
_CORRECT = _SQL["correct"]

ENDED = frozenset(
    {
        Stage.CONVERTED,
        Stage.TRANSFERRED,
        Stage.WITHDRAWN,
        Stage.LAPSED,
        Stage.CLOSED,
    }
)
"""Stages in which the agency owes nothing more, answered or not."""

_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_decode = msgspec.msgpack.Decoder(Case).decode


class SkippedVersionError(ValueError):
    """An entry of a case came without the one before it."""


class Row(msgspec.Struct, frozen=True):
    """A case with what lists say of it besides."""

    case_id: UUID
    version: int
    position: int
    case: Case
    received_position: int | None = None
    """Of its receipt; None when the row stands in the table already."""
    answer_number: str | None = None
    """Of the letter that answered, if this page brought it."""
    is_corrected: bool = False
    """Whether this page brought a correction of what the receipt said."""

    @property
    def owed(self) -> RunningClock | None:
        """The agency's clock that ends first of those not yet met; targets aside.

        A clock at rest ends on no day that is known; one that ran out before it was
        moved has ended then.
        """
        if self.case.stage in ENDED:
            return None
        ending = [
            (clock.late_from, n, clock)
            for n, clock in enumerate(self.case.clocks)
            if clock.due.clock in ANSWERED
            and not clock.due.soft
            and clock.ended_at is None
            and clock.late_from is not None
        ]
        return min(ending)[-1] if ending else None

    @property
    def due_on(self) -> date | None:
        """The last day on which an answer is in time."""
        return None if self.owed is None else self.owed.due.due_on

    @property
    def due_at(self) -> datetime | None:
        """The instant from which an answer is late."""
        return None if self.owed is None else self.owed.late_from


def fold(row: Row | None, entry: Entry) -> Row:
    """The case's row after this entry."""
    event = entry.event
    assert isinstance(event, events.CASE_EVENTS)
    if entry.version != (1 if row is None else row.version + 1):
        raise SkippedVersionError
    case = evolve(None if row is None else row.case, event, entry.by())
    if row is None:
        return Row(entry.stream, 1, entry.position, case, entry.position)
    answered = isinstance(event, events.Delivered) and event.letter_number
    return replace(
        row,
        version=entry.version,
        position=entry.position,
        case=case,
        answer_number=answered or row.answer_number,
        is_corrected=row.is_corrected or isinstance(event, events.FactCorrected),
    )


class CasesSheet(Sheet):
    """The rows that a page touches."""

    def __init__(self, standing: Mapping[UUID, tuple[int, bytes]]) -> None:
        self._standing = standing
        self._rows: dict[UUID, Row] = {}

    @override
    def enter(self, entry: Entry) -> None:
        if isinstance(entry.event, events.CASE_EVENTS):
            self._rows[entry.stream] = fold(self._row(entry.stream), entry)

    @override
    async def write(self, connection: Connection) -> None:
        new = [row for row in self._rows.values() if row.received_position is not None]
        moved = [row for row in self._rows.values() if row.received_position is None]
        if new:
            await _execute(
                connection, _INSERT, _present(new) | _correctable(new) | _received(new)
            )
        if moved:
            await _execute(connection, _UPDATE, _present(moved))
        if corrected := [row for row in moved if row.is_corrected]:
            await _execute(connection, _CORRECT, _as_corrected(corrected))

    def _row(self, stream: UUID) -> Row | None:
        row = self._rows.get(stream)
        if row is None and stream in self._standing:
            version, folded = self._standing[stream]
            return Row(stream, version, 0, _decode(folded))
        return row


class CasesView(View):
    """Serves lists; later boards, registers and figures too."""

    name = "cases"
    version = 4
    empty = _SQL["empty"]

    @override
    async def open(
        self, connection: Connection, entries: Sequence[Entry]
    ) -> CasesSheet:
        begun = {entry.stream for entry in entries if entry.version == 1}
        known = {
            entry.stream
            for entry in entries
            if isinstance(entry.event, events.CASE_EVENTS) and entry.stream not in begun
        }
        if not known:
            return CasesSheet({})
        cursor = connection.cursor(binary=True)
        await cursor.execute(
            _FOLDED, {"cases": arrays.uuids(list(known))}, prepare=True
        )
        return CasesSheet({row[0]: (row[1], row[2]) for row in await cursor.fetchall()})


async def _execute(
    connection: Connection, statement: LiteralString, columns: Mapping[str, object]
) -> None:
    await connection.execute(statement, columns, prepare=True, binary=True)


def _present(rows: Sequence[Row]) -> dict[str, object]:
    """What changes from entry to entry, column by column."""

    def texts(told: Callable[[Row], str | None]) -> arrays.Array:
        return arrays.texts_or_null([told(row) for row in rows])

    return {
        "case_id": arrays.uuids([row.case_id for row in rows]),
        "version": arrays.bigints([row.version for row in rows]),
        "position": arrays.bigints([row.position for row in rows]),
        "stage": texts(lambda row: row.case.stage),
        "outcome": texts(lambda row: row.case.outcome),
        "assignee": texts(lambda row: row.case.assignee),
        "due_on": arrays.dates_or_null([row.due_on for row in rows]),
        "due_at": arrays.instants_or_null([row.due_at for row in rows]),
        "answer_number": texts(lambda row: row.answer_number),
        "folded": arrays.byteas([_encode(row.case) for row in rows]),
    }


def _as_corrected(rows: Sequence[Row]) -> dict[str, object]:
    """What the receipt said, as it should have been."""
    case_ids = arrays.uuids([row.case_id for row in rows])
    return {"case_id": case_ids} | _correctable(rows)


def _correctable(rows: Sequence[Row]) -> dict[str, object]:
    """What the receipt said, until a correction says it otherwise."""
    cases = [row.case for row in rows]
    letters = [case.letter for case in cases]
    return {
        "received_at": arrays.instants([case.times[0] for case in cases]),
        "letter_number": arrays.texts_or_null(
            [None if letter is None else letter.number for letter in letters]
        ),
        "agenda_number": arrays.texts_or_null(
            [None if letter is None else letter.agenda_number for letter in letters]
        ),
    }


def _received(rows: Sequence[Row]) -> dict[str, object]:
    """What stays as the receipt said it."""
    cases = [row.case for row in rows]
    positions = [row.received_position for row in rows]
    return {
        "agency": arrays.texts([case.agency for case in cases]),
        "channel": arrays.texts([case.channel for case in cases]),
        "registration_number": arrays.texts(
            [case.registration_number for case in cases]
        ),
        "received_position": arrays.bigints(
            [position for position in positions if position is not None]
        ),
        "tracking_id": arrays.texts_or_null(
            [None if case.lapor is None else case.lapor.tracking_id for case in cases]
        ),
    }
