"""One entry as a row of the audit trail: whose matter it is about, and of what kind."""

from datetime import datetime
from enum import StrEnum
from typing import assert_never
from uuid import UUID

import msgspec

from application import upcasting
from application.entries import Entry
from domain import events
from domain.events import AnyEvent
from domain.values import AgencyCode, OfficialId, Role


class HistoryKind(StrEnum):
    """What a history is of."""

    CASE = "case"
    COMPLAINT = "complaint"
    OBJECTION = "objection"
    VISIT = "visit"
    DATA_REQUEST = "data_request"
    BREACH = "breach"


class Row(msgspec.Struct, frozen=True, gc=False):
    """Who did what, when, under which rule; of what he said, nothing."""

    position: int
    stream: UUID
    version: int
    kind: HistoryKind
    agency: AgencyCode
    tag: str
    official: OfficialId | None
    role: Role | None
    acting_for: OfficialId | None
    rule: str | None
    occurred_at: datetime
    recorded_at: datetime
    is_late: bool
    """Whether it was entered on a later day, for which a reason was given."""


def row(entry: Entry, kind: HistoryKind) -> Row:
    """The row of an entry; raises AssertionError where it is nobody's matter."""
    metadata = entry.metadata
    agency = opened_in(entry.event) or metadata.agency
    assert agency is not None
    return Row(
        position=entry.position,
        stream=entry.stream,
        version=entry.version,
        kind=kind,
        agency=agency,
        tag=upcasting.tag_of(type(entry.event)),
        official=metadata.official,
        role=metadata.role,
        acting_for=metadata.acting_for,
        rule=metadata.rule,
        occurred_at=entry.occurred_at,
        recorded_at=entry.recorded_at,
        is_late=metadata.late_reason is not None,
    )


def opened_in(event: AnyEvent) -> AgencyCode | None:
    """The agency whose matter begins with this; None where none begins.

    A case that goes on in another agency is opened there by an official of the first.
    """
    match event:
        case (
            events.Received(agency=agency)
            | events.ComplaintOpened(agency=agency)
            | events.ObjectionFiled(agency=agency)
            | events.Visited(agency=agency)
            | events.DataRequestReceived(agency=agency)
            | events.BreachRecorded(agency=agency)
        ):
            return agency
        case _:
            return None


def kind_of(event: AnyEvent) -> HistoryKind | None:
    """In what history it stands; None where it may stand in several.

    Whoever adds an event is led here by mypy, so that the trail has all of them.
    """
    match event:
        case (
            events.Received()
            | events.IdCardDeposited()
            | events.IdCardReturned()
            | events.Disposed()
            | events.LaporReviewed()
            | events.Drafted()
            | events.ReturnedForCorrection()
            | events.Approved()
            | events.RefusedAsExempt()
            | events.Delivered()
            | events.PickupArranged()
            | events.Collected()
            | events.PickupMissed()
            | events.TargetOverrunNoted()
            | events.ConsequenceTestRecorded()
            | events.LaporStatusImported()
            | events.Complained()
            | events.CompletionRequested()
            | events.CompletionReceived()
            | events.Lapsed()
            | events.DeadlineExtended()
            | events.ClockPaused()
            | events.ClockResumed()
            | events.Transferred()
            | events.Withdrawn()
            | events.ConvertedToWritten()
            | events.FactCorrected()
            | events.Closed()
            | events.Reopened()
            | events.RetentionDecided()
        ):
            return HistoryKind.CASE
        case (
            events.ComplaintOpened()
            | events.ComplaintClassified()
            | events.ComplaintFollowedUp()
            | events.ComplaintAnswered()
            | events.ComplaintClosed()
        ):
            return HistoryKind.COMPLAINT
        case (
            events.ObjectionFiled() | events.ObjectionDecided() | events.DisputeNoted()
        ):
            return HistoryKind.OBJECTION
        case events.Visited():
            return HistoryKind.VISIT
        case (
            events.DataRequestReceived()
            | events.DataRequestDeferred()
            | events.DataRequestRefused()
            | events.DataRequestGranted()
            | events.DataRequestAnswered()
        ):
            return HistoryKind.DATA_REQUEST
        case events.BreachRecorded() | events.BreachNotified() | events.BreachClosed():
            return HistoryKind.BREACH
        case (
            events.DeadlineRecomputed()
            | events.PersonalDataCorrected()
            | events.ProcessingRestricted()
            | events.RestrictionLifted()
            | events.PersonalDataErased()
        ):
            return None
        case _:
            assert_never(event)
