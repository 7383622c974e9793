"""A complaint's row: the complaint and when its steps happened."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from application import arrays
from application.entries import Entry
from domain import events
from domain.clocks import RunningClock
from domain.complaint import ANSWERED, Complaint, evolve
from domain.values import Clock, ComplaintStage
from projections.columns import (
    Columns,
    clock_columns,
    clock_of,
    ends_first,
    told,
)
from projections.row_sheet import Row, must_come_next


class Steps(msgspec.Struct, frozen=True, omit_defaults=True):
    """When a complaint's steps happened, each for the first time."""

    opened_at: datetime
    followed_up_at: datetime | None = None
    answered_at: datetime | None = None
    closed_at: datetime | None = None

    def after(self, event: events.ComplaintEvent, at: datetime) -> "Steps":
        """The steps after an event."""
        match event:
            case events.ComplaintFollowedUp() if self.followed_up_at is None:
                return replace(self, followed_up_at=at)
            case events.ComplaintAnswered() if self.answered_at is None:
                return replace(self, answered_at=at)
            case events.ComplaintClosed() if self.closed_at is None:
                return replace(self, closed_at=at)
            case _:
                return self


class Folded(msgspec.Struct, frozen=True):
    """What a row is folded on."""

    complaint: Complaint
    steps: Steps

    @property
    def owed(self) -> RunningClock | None:
        """The clock that ends first of those not yet met."""
        if self.complaint.stage is ComplaintStage.CLOSED:
            return None
        return ends_first(self.complaint.clocks, ANSWERED)


def fold(row: Row[Folded] | None, entry: Entry) -> Row[Folded] | None:
    """The complaint's row after an entry; None where the entry is not a complaint's."""
    event = entry.event
    if not isinstance(event, events.COMPLAINT_EVENTS):
        return row
    # Cases and objections tell some things by the same events.
    if row is None and isinstance(event, events.IN_SEVERAL_HISTORIES):
        return None
    must_come_next(entry, 0 if row is None else row.version)
    if row is None:
        complaint = evolve(None, event, entry.by())
        steps = Steps(opened_at=entry.occurred_at)
        return Row.begun(entry, Folded(complaint, steps))
    complaint = evolve(row.folded.complaint, event, entry.by())
    steps = row.folded.steps.after(event, entry.occurred_at)
    return row.after(entry, Folded(complaint, steps))


_encode = msgspec.msgpack.Encoder(order="deterministic").encode


def columns(rows: Sequence[Row[Folded]]) -> Columns:
    """The rows as they are written."""
    complaints = [row.folded.complaint for row in rows]
    opened = [complaint.opened for complaint in complaints]
    steps = [row.folded.steps for row in rows]
    owed = [row.folded.owed for row in rows]

    def clocks(wanted: Clock) -> list[RunningClock | None]:
        return [clock_of(complaint.clocks, wanted) for complaint in complaints]

    return {
        "complaint_id": arrays.uuids([row.stream for row in rows]),
        "version": arrays.bigints([row.version for row in rows]),
        "position": arrays.bigints([row.position for row in rows]),
        "opened_position": arrays.bigints([row.first_position for row in rows]),
        "agency": arrays.texts([one.agency for one in opened]),
        "case_id": arrays.uuids_or_null([one.case for one in opened]),
        "channel": arrays.texts([one.channel for one in opened]),
        "category": arrays.texts([one.category for one in opened]),
        "class": arrays.texts_or_null([one.classified for one in complaints]),
        "kind": arrays.texts([one.kind for one in complaints]),
        "stage": arrays.texts([one.stage for one in complaints]),
        "about": arrays.texts_or_null([one.about for one in opened]),
        "anonymous": arrays.booleans([one.anonymous for one in opened]),
        "confidential": arrays.booleans([one.confidential for one in opened]),
        "opened_at": arrays.instants([one.opened_at for one in steps]),
        "classified_at": arrays.instants_or_null(
            [one.classified_at for one in complaints]
        ),
        "followed_up_at": arrays.instants_or_null(
            [one.followed_up_at for one in steps]
        ),
        "answered_at": arrays.instants_or_null([one.answered_at for one in steps]),
        "closed_at": arrays.instants_or_null([one.closed_at for one in steps]),
        "due_on": arrays.dates_or_null(told(owed, lambda one: one.due.due_on)),
        "due_at": arrays.instants_or_null(told(owed, lambda one: one.late_from)),
        **clock_columns("complaint", clocks(Clock.COMPLAINT)),
        **clock_columns("follow_up", clocks(Clock.LAPOR_FOLLOW_UP)),
        "folded": arrays.byteas([_encode(row.folded) for row in rows]),
    }
