"""The audit trail: one row for every entry of every history (jejak audit)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, LiteralString
from uuid import UUID

import msgspec
from typing_extensions import override

from application import arrays, named_sql
from application.entries import Entry
from application.register import Connection
from domain import complaint, events
from domain.complaint import Complaint
from projections.trail_row import HistoryKind, Row, kind_of, row
from projections.view import Sheet, View

_SQL = named_sql.load(__file__)
_BESIDE = _SQL["beside"]
_WRITE = _SQL["write"]
_WRITE_BESIDE = _SQL["write_beside"]
_WRITE_STRETCHES = _SQL["write_stretches"]

STRETCH: Final = 4096
"""Positions of the register that make a stretch."""

_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_decode = msgspec.msgpack.Decoder(Complaint).decode

_ELSEWHERE: Final = frozenset(
    (
        *events.COMPLAINT_EVENTS,
        *events.OBJECTION_EVENTS,
        *events.DATA_REQUEST_EVENTS,
        *events.BREACH_EVENTS,
    )
)


class Beside(msgspec.Struct, frozen=True):
    """What is no case's, after its last entry."""

    kind: HistoryKind
    case: UUID | None = None
    complaint: Complaint | None = None
    """None for all but a complaint."""


class TrailSheet(Sheet):
    """The rows of a page, and what stands beside cases."""

    def __init__(self, standing: Mapping[UUID, Beside]) -> None:
        self._standing = standing
        self._beside: dict[UUID, Beside] = {}
        self._rows: list[Row] = []

    @override
    def enter(self, entry: Entry) -> None:
        if type(entry.event) not in _ELSEWHERE:
            self._rows.append(row(entry, kind_of(entry.event) or HistoryKind.CASE))
            return
        stream = entry.stream
        stood = self._beside.get(stream) or self._standing.get(stream)
        if (kind := kind_of(entry.event)) is None:
            kind = HistoryKind.CASE if stood is None else stood.kind
        told = row(entry, kind)
        if kind is not HistoryKind.CASE:
            self._beside[stream] = _after(stood, entry, kind)
        self._rows.append(told)

    @override
    async def write(self, connection: Connection) -> None:
        if self._rows:
            await _execute(connection, _WRITE, _columns(self._rows))
            await _execute(connection, _WRITE_STRETCHES, _stretches(self._rows))
        if self._beside:
            await _execute(connection, _WRITE_BESIDE, _columns_beside(self._beside))


class TrailView(View):
    """Serves the audit trail."""

    name = "trail"
    version = 2
    create = _SQL["create"]
    index = _SQL["index"]
    rows = (_SQL["rows"], _SQL["rows_beside"], _SQL["rows_stretches"])

    @override
    async def open(
        self, connection: Connection, entries: Sequence[Entry]
    ) -> TrailSheet:
        known = {
            entry.stream
            for entry in entries
            if entry.version > 1 and type(entry.event) in _ELSEWHERE
        }
        if not known:
            return TrailSheet({})
        cursor = connection.cursor(binary=True)
        streams = arrays.uuids(list(known))
        await cursor.execute(_BESIDE, {"streams": streams}, prepare=True)
        return TrailSheet(
            {
                stream: Beside(
                    HistoryKind(kind),
                    case,
                    complaint=_decode(folded) if folded else None,
                )
                for stream, kind, case, folded in await cursor.fetchall()
            }
        )


def _after(stood: Beside | None, entry: Entry, kind: HistoryKind) -> Beside:
    """What stands beside a case, after one more entry."""
    event = entry.event
    case = None
    if isinstance(event, events.ComplaintOpened | events.ObjectionFiled):
        case = event.case
    elif stood is not None:
        case = stood.case
    folded = None
    if kind is HistoryKind.COMPLAINT:
        assert isinstance(event, events.COMPLAINT_EVENTS)
        before = None if stood is None else stood.complaint
        folded = complaint.evolve(before, event, entry.by())
    return Beside(kind, case, folded)


def _columns(rows: Sequence[Row]) -> dict[str, object]:
    return {
        "position": arrays.bigints([one.position for one in rows]),
        "stream": arrays.uuids([one.stream for one in rows]),
        "version": arrays.bigints([one.version for one in rows]),
        "kind": arrays.texts([one.kind for one in rows]),
        "agency": arrays.texts([one.agency for one in rows]),
        "tag": arrays.texts([one.tag for one in rows]),
        "official": arrays.texts_or_null([one.official for one in rows]),
        "role": arrays.texts_or_null([one.role for one in rows]),
        "acting_for": arrays.texts_or_null([one.acting_for for one in rows]),
        "rule": arrays.texts_or_null([one.rule for one in rows]),
        "occurred_at": arrays.instants([one.occurred_at for one in rows]),
        "recorded_at": arrays.instants([one.recorded_at for one in rows]),
        "late": arrays.booleans([one.is_late for one in rows]),
    }


def _columns_beside(beside: Mapping[UUID, Beside]) -> dict[str, object]:
    each = list(beside.values())
    complaints = [one.complaint for one in each]
    return {
        "stream": arrays.uuids(list(beside)),
        "kind": arrays.texts([one.kind for one in each]),
        "case_id": arrays.uuids_or_null([one.case for one in each]),
        "about": arrays.texts_or_null(
            [None if one is None else one.opened.about for one in complaints]
        ),
        "affair": arrays.texts_or_null(
            [None if one is None else one.kind for one in complaints]
        ),
        "complaint": arrays.byteas(
            [b"" if one is None else _encode(one) for one in complaints]
        ),
    }


def _stretches(rows: Iterable[Row]) -> dict[str, object]:
    """Between which times the rows of each stretch lie."""
    occurred: dict[int, list[datetime]] = {}
    recorded: dict[int, list[datetime]] = {}
    for one in rows:
        first = one.position - one.position % STRETCH
        occurred.setdefault(first, []).append(one.occurred_at)
        recorded.setdefault(first, []).append(one.recorded_at)
    return {
        "first_position": arrays.bigints(list(occurred)),
        "occurred_first": arrays.instants([min(at) for at in occurred.values()]),
        "occurred_last": arrays.instants([max(at) for at in occurred.values()]),
        "recorded_first": arrays.instants([min(at) for at in recorded.values()]),
        "recorded_last": arrays.instants([max(at) for at in recorded.values()]),
    }


async def _execute(
    connection: Connection, statement: LiteralString, columns: Mapping[str, object]
) -> None:
    await connection.execute(statement, columns, prepare=True, binary=True)
