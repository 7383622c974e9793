"""An objection's row: the objection and what its register says of it besides."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from application import arrays
from application.entries import Entry
from domain import events
from domain.clocks import RunningClock
from domain.objection import Objection, evolve
from domain.values import Clock, OfficialId, Role
from projections.columns import (
    Columns,
    clock_columns,
    clock_of,
    ends_first,
    told,
)
from projections.row_sheet import Row, must_come_next


class Ruled(msgspec.Struct, frozen=True, omit_defaults=True):
    """How the PPID's superior decided."""

    at: datetime
    by: OfficialId
    role: Role | None
    acting_for: OfficialId | None
    """In whose stead, where he is not the superior himself."""
    reason: str
    letter_number: str | None = None


class Disputed(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of the dispute before the Information Commission."""

    at: datetime
    """When it was noted for the first time."""
    commission_number: str
    """This and what follows: as noted last."""
    status: str
    result: str | None = None


class Folded(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a row is folded on."""

    objection: Objection
    filed_at: datetime
    ruled: Ruled | None = None
    disputed: Disputed | None = None

    def after(self, entry: Entry) -> "Folded":
        """The same after an entry of its own history."""
        event, meta = entry.event, entry.metadata
        assert isinstance(event, events.OBJECTION_EVENTS)
        folded = replace(self, objection=evolve(self.objection, event, entry.by()))
        match event:
            case events.ObjectionDecided(reason=reason, letter_number=letter_number):
                ruled = Ruled(
                    at=entry.occurred_at,
                    by=meta.official or "",
                    role=meta.role,
                    acting_for=meta.acting_for,
                    reason=reason,
                    letter_number=letter_number,
                )
                return replace(folded, ruled=ruled)
            case events.DisputeNoted(commission_number=number, status=status):
                disputed = Disputed(
                    at=entry.occurred_at if self.disputed is None else self.disputed.at,
                    commission_number=number,
                    status=status,
                    result=event.result,
                )
                return replace(folded, disputed=disputed)
            case _:
                return folded

    @property
    def owed(self) -> RunningClock | None:
        """The superior's clock while he has not answered."""
        return ends_first(self.objection.clocks, {Clock.OBJECTION_REPLY})


def fold(row: Row[Folded] | None, entry: Entry) -> Row[Folded] | None:
    """The row after an entry; None where the entry is not an objection's."""
    event = entry.event
    if not isinstance(event, events.OBJECTION_EVENTS):
        return row
    # Cases and complaints tell some things by the same events.
    if row is None and isinstance(event, events.IN_SEVERAL_HISTORIES):
        return None
    must_come_next(entry, 0 if row is None else row.version)
    if row is None:
        objection = evolve(None, event, entry.by())
        return Row.begun(entry, Folded(objection, filed_at=entry.occurred_at))
    return row.after(entry, row.folded.after(entry))


_encode = msgspec.msgpack.Encoder(order="deterministic").encode


def columns(rows: Sequence[Row[Folded]]) -> Columns:
    """The rows as they are written."""
    folded = [row.folded for row in rows]
    objections = [one.objection for one in folded]
    ruled = [one.ruled for one in folded]
    disputed = [one.disputed for one in folded]
    owed = [row.folded.owed for row in rows]

    def clocks(wanted: Clock) -> list[RunningClock | None]:
        return [clock_of(objection.clocks, wanted) for objection in objections]

    return {
        "objection_id": arrays.uuids([row.stream for row in rows]),
        "version": arrays.bigints([row.version for row in rows]),
        "position": arrays.bigints([row.position for row in rows]),
        "filed_position": arrays.bigints([row.first_position for row in rows]),
        "agency": arrays.texts([one.agency for one in objections]),
        "case_id": arrays.uuids([one.case for one in objections]),
        "ground": arrays.texts([one.filed.ground for one in objections]),
        "filed_by": arrays.texts([one.filed.filed_by for one in objections]),
        "stage": arrays.texts([one.stage for one in objections]),
        "ruling": arrays.texts_or_null([one.ruling for one in objections]),
        "filed_at": arrays.instants([one.filed_at for one in folded]),
        "decided_at": arrays.instants_or_null(told(ruled, lambda one: one.at)),
        "decided_by": arrays.texts_or_null(told(ruled, lambda one: one.by)),
        "letter_number": arrays.texts_or_null(
            told(ruled, lambda one: one.letter_number)
        ),
        "disputed_at": arrays.instants_or_null(told(disputed, lambda one: one.at)),
        "commission_number": arrays.texts_or_null(
            told(disputed, lambda one: one.commission_number)
        ),
        "commission_status": arrays.texts_or_null(
            told(disputed, lambda one: one.status)
        ),
        "due_on": arrays.dates_or_null(told(owed, lambda one: one.due.due_on)),
        "due_at": arrays.instants_or_null(told(owed, lambda one: one.late_from)),
        **clock_columns("reply", clocks(Clock.OBJECTION_REPLY)),
        **clock_columns("dispute", clocks(Clock.DISPUTE)),
        "folded": arrays.byteas([_encode(row.folded) for row in rows]),
    }
