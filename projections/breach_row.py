"""A row for a data breach: the breach as it stands."""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from application import arrays
from application.entries import Entry
from domain import events
from domain.breach import Breach, evolve
from domain.clocks import RunningClock
from domain.values import Clock
from projections.columns import Columns, ends_first, told
from projections.row_sheet import Row, must_come_next


class Folded(msgspec.Struct, frozen=True):
    """What a row is folded on."""

    breach: Breach
    """Without whom it concerns, who may be thousands."""

    @property
    def owed(self) -> RunningClock | None:
        """The clock of the notice, while somebody has to be told."""
        return ends_first(self.breach.clocks, {Clock.BREACH_NOTICE})


def fold(row: Row[Folded] | None, entry: Entry) -> Row[Folded] | None:
    """The row after an entry; None where the entry is not a breach's."""
    event = entry.event
    if not isinstance(event, events.BREACH_EVENTS):
        return row
    must_come_next(entry, 0 if row is None else row.version)
    if row is None:
        breach = evolve(None, event, entry.by())
        recorded = replace(breach.recorded, persons=(), cases=())
        return Row.begun(entry, Folded(replace(breach, recorded=recorded)))
    return row.after(entry, Folded(evolve(row.folded.breach, event, entry.by())))


_encode = msgspec.msgpack.Encoder(order="deterministic").encode


def columns(rows: Sequence[Row[Folded]]) -> Columns:
    """The rows as they are written."""
    breaches = [row.folded.breach for row in rows]
    owed = [row.folded.owed for row in rows]
    return {
        "breach_id": arrays.uuids([row.stream for row in rows]),
        "version": arrays.bigints([row.version for row in rows]),
        "position": arrays.bigints([row.position for row in rows]),
        "opened_position": arrays.bigints([row.first_position for row in rows]),
        "agency": arrays.texts([one.agency for one in breaches]),
        "stage": arrays.texts([one.stage for one in breaches]),
        "due_at": arrays.instants_or_null(told(owed, lambda one: one.late_from)),
        "folded": arrays.byteas([_encode(row.folded) for row in rows]),
    }
