"""A row for a data subject's request: the request as it stands."""

from collections.abc import Sequence

import msgspec

from application import arrays
from application.entries import Entry
from domain import events
from domain.clocks import RunningClock
from domain.data_request import DataRequest, evolve
from domain.values import Clock
from projections.columns import Columns, ends_first, told
from projections.row_sheet import Row, must_come_next


class Folded(msgspec.Struct, frozen=True):
    """What a row is folded on."""

    request: DataRequest

    @property
    def owed(self) -> RunningClock | None:
        """The clock of the answer, while one is owed."""
        return ends_first(self.request.clocks, {Clock.DATA_REQUEST})


def fold(row: Row[Folded] | None, entry: Entry) -> Row[Folded] | None:
    """The row after an entry; None where the entry is not of such a request."""
    event = entry.event
    if not isinstance(event, events.DATA_REQUEST_EVENTS):
        return row
    # Cases and complaints tell some things by the same events.
    if row is None and isinstance(event, events.IN_SEVERAL_HISTORIES):
        return None
    must_come_next(entry, 0 if row is None else row.version)
    if row is None:
        return Row.begun(entry, Folded(evolve(None, event, entry.by())))
    return row.after(entry, Folded(evolve(row.folded.request, event, entry.by())))


_encode = msgspec.msgpack.Encoder(order="deterministic").encode


def columns(rows: Sequence[Row[Folded]]) -> Columns:
    """The rows as they are written."""
    requests = [row.folded.request for row in rows]
    received = [request.received for request in requests]
    owed = [row.folded.owed for row in rows]
    return {
        "request_id": arrays.uuids([row.stream for row in rows]),
        "version": arrays.bigints([row.version for row in rows]),
        "position": arrays.bigints([row.position for row in rows]),
        "opened_position": arrays.bigints([row.first_position for row in rows]),
        "agency": arrays.texts([one.agency for one in requests]),
        "person": arrays.uuids([one.person for one in received]),
        "kind": arrays.texts([one.kind for one in received]),
        "stage": arrays.texts([one.stage for one in requests]),
        "due_at": arrays.instants_or_null(told(owed, lambda one: one.late_from)),
        "folded": arrays.byteas([_encode(row.folded) for row in rows]),
    }
