"""One row a case, as lists, boards, registers and reports ask for it."""

from collections.abc import Mapping, Sequence
from typing import LiteralString
from uuid import UUID

import msgspec
from typing_extensions import override

from application import arrays, named_sql
from application.entries import Entry
from application.register import Connection
from domain import events
from projections import case_columns, tasks
from projections.case_row import Folded, Row, fold
from projections.view import Sheet, View

_SQL = named_sql.load(__file__)
_FOLDED = _SQL["folded"]
_INSERT = _SQL["insert"]
_UPDATE = _SQL["update"]
_CORRECT = _SQL["correct"]

_decode = msgspec.msgpack.Decoder(Folded).decode


class CasesSheet(Sheet):
    """The rows that a page touches."""

    def __init__(self, standing: Mapping[UUID, tuple[int, bytes]]) -> None:
        self._standing = standing
        self._stood: dict[UUID, Row] = {}
        self._rows: dict[UUID, Row] = {}

    @override
    def enter(self, entry: Entry) -> None:
        row = self._row(entry.stream)
        # A calendar announced moves the clocks of complaints and objections by the
        # same event: of what is no case.
        if row is None and isinstance(entry.event, events.IN_SEVERAL_HISTORIES):
            return
        self._rows[entry.stream] = fold(row, entry)

    @override
    async def write(self, connection: Connection) -> None:
        new = [row for row in self._rows.values() if row.received_position is not None]
        moved = [row for row in self._rows.values() if row.received_position is None]
        if new:
            await _execute(
                connection,
                _INSERT,
                case_columns.present(new)
                | case_columns.correctable(new)
                | case_columns.received(new),
            )
        if moved:
            await _execute(connection, _UPDATE, case_columns.present(moved))
        if corrected := [row for row in moved if row.is_corrected]:
            await _execute(connection, _CORRECT, case_columns.as_corrected(corrected))
        await tasks.write(connection, self._rows.values(), self._stood)

    def _row(self, stream: UUID) -> Row | None:
        row = self._rows.get(stream)
        if row is None and stream in self._standing:
            version, folded = self._standing[stream]
            stood = _decode(folded)
            row = Row(stream, version, 0, stood.case, stood.course)
            self._stood[stream] = row
        return row


class CasesView(View):
    """Serves lists, boards, registers and figures."""

    name = "cases"
    version = 6
    cares_for = frozenset(events.CASE_EVENTS)
    create = ";".join((_SQL["create"], tasks.CREATE))
    index = ";".join((_SQL["index"], tasks.INDEX))
    rows = (_SQL["rows"], tasks.ROWS)

    @override
    async def open(
        self, connection: Connection, entries: Sequence[Entry]
    ) -> CasesSheet:
        begun = {entry.stream for entry in entries if entry.version == 1}
        known = {entry.stream for entry in entries} - begun
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
