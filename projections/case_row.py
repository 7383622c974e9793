"""A case's row: the case and its course, folded entry by entry."""

from datetime import date, datetime
from typing import TypeGuard
from uuid import UUID

import msgspec

from application.entries import Entry
from domain import events
from domain.case import ANSWERED, Case
from domain.clocks import RunningClock
from domain.evolution import evolve
from domain.values import Stage
from projections.columns import ends_first
from projections.course import Course
from projections.row_sheet import must_come_next

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


_OF_A_CASE = frozenset(events.CASE_EVENTS)


class Folded(msgspec.Struct, frozen=True):
    """What a row is folded on."""

    case: Case
    course: Course


class Row(msgspec.Struct, frozen=True):
    """A case with what lists say of it besides."""

    case_id: UUID
    version: int
    position: int
    case: Case
    course: Course
    received_position: int | None = None
    """Of its receipt; None when the row stands in the table already."""
    is_corrected: bool = False
    """Whether this page brought a correction of what the receipt said."""

    @property
    def owed(self) -> RunningClock | None:
        """The agency's clock that ends first of those not yet met."""
        if self.case.stage in ENDED:
            return None
        return ends_first(self.case.clocks, ANSWERED)

    @property
    def due_on(self) -> date | None:
        """The last day on which an answer is in time."""
        return None if self.owed is None else self.owed.due.due_on

    @property
    def due_at(self) -> datetime | None:
        """The instant from which an answer is late."""
        return None if self.owed is None else self.owed.late_from


def is_of_a_case(event: events.AnyEvent) -> TypeGuard[events.CaseEvent]:
    """Whether a case's history may hold it; asked of every entry, so asked quickly."""
    return type(event) in _OF_A_CASE


def fold(row: Row | None, entry: Entry) -> Row:
    """The case's row after this entry."""
    event = entry.event
    assert is_of_a_case(event)
    must_come_next(entry, 0 if row is None else row.version)
    case = evolve(None if row is None else row.case, event, entry.by())
    course = (Course() if row is None else row.course).after(case, event)
    if row is None:
        return Row(entry.stream, 1, entry.position, case, course, entry.position)
    return Row(
        row.case_id,
        entry.version,
        entry.position,
        case,
        course,
        row.received_position,
        row.is_corrected or isinstance(event, events.FactCorrected),
    )
