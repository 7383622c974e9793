"""The facts of the register: what happened to a request, a visit or a complaint.

A tag is kept for ever: a new field has a default, a new meaning a new tag.
Who, when and under which rule stand once on the entry, never in an event; a person
is an id, the person's words are digests of what the people store holds sealed.
"""

from typing import Final, TypeAlias, get_args

from domain.events.answering import (
    Approved,
    ConsequenceTestRecorded,
    Disposed,
    Drafted,
    LaporReviewed,
    RefusedAsExempt,
    ReturnedForCorrection,
)
from domain.events.breaches import BreachClosed, BreachNotified, BreachRecorded
from domain.events.complaints import (
    Complained,
    ComplaintAnswered,
    ComplaintClassified,
    ComplaintClosed,
    ComplaintFollowedUp,
    ComplaintOpened,
)
from domain.events.event import Event
from domain.events.handing_over import (
    Closed,
    Collected,
    Delivered,
    IdCardReturned,
    LaporStatusImported,
    PickupArranged,
    PickupContact,
    PickupMissed,
    Reopened,
    TargetOverrunNoted,
)
from domain.events.leaving import ConvertedToWritten, Lapsed, Transferred, Withdrawn
from domain.events.moving import (
    ClockPaused,
    ClockResumed,
    DeadlineExtended,
    DeadlineRecomputed,
    FactCorrected,
)
from domain.events.naming import documents_named
from domain.events.objections import DisputeNoted, ObjectionDecided, ObjectionFiled
from domain.events.personal_data import (
    DataRequestAnswered,
    DataRequestDeferred,
    DataRequestGranted,
    DataRequestReceived,
    DataRequestRefused,
    PersonalDataCorrected,
    PersonalDataErased,
    ProcessingRestricted,
    RestrictionLifted,
    RetentionDecided,
)
from domain.events.receiving import (
    CompletionReceived,
    CompletionRequested,
    IdCardDeposited,
    LaporReceipt,
    LetterReceipt,
    Received,
    Visited,
)

CaseEvent: TypeAlias = (
    Received
    | IdCardDeposited
    | IdCardReturned
    | Disposed
    | LaporReviewed
    | Drafted
    | ReturnedForCorrection
    | Approved
    | RefusedAsExempt
    | Delivered
    | PickupArranged
    | Collected
    | PickupMissed
    | TargetOverrunNoted
    | ConsequenceTestRecorded
    | LaporStatusImported
    | Complained
    | CompletionRequested
    | CompletionReceived
    | Lapsed
    | DeadlineExtended
    | ClockPaused
    | ClockResumed
    | DeadlineRecomputed
    | Transferred
    | Withdrawn
    | ConvertedToWritten
    | FactCorrected
    | Closed
    | Reopened
    | PersonalDataCorrected
    | ProcessingRestricted
    | RestrictionLifted
    | PersonalDataErased
    | RetentionDecided
)

CASE_EVENTS: Final = get_args(CaseEvent)
"""For `isinstance`: the events that stand in a case's own history."""

ComplaintEvent: TypeAlias = (
    ComplaintOpened
    | ComplaintClassified
    | ComplaintFollowedUp
    | ComplaintAnswered
    | ComplaintClosed
    | DeadlineRecomputed
    | PersonalDataCorrected
    | ProcessingRestricted
    | RestrictionLifted
    | PersonalDataErased
)

ObjectionEvent: TypeAlias = (
    ObjectionFiled
    | ObjectionDecided
    | DisputeNoted
    | DeadlineRecomputed
    | ProcessingRestricted
    | RestrictionLifted
    | PersonalDataErased
)

COMPLAINT_EVENTS: Final = get_args(ComplaintEvent)

OBJECTION_EVENTS: Final = get_args(ObjectionEvent)

DataRequestEvent: TypeAlias = (
    DataRequestReceived
    | DataRequestDeferred
    | DataRequestRefused
    | DataRequestGranted
    | DataRequestAnswered
    | RestrictionLifted
    | PersonalDataErased
)

DATA_REQUEST_EVENTS: Final = get_args(DataRequestEvent)

BreachEvent: TypeAlias = BreachRecorded | BreachNotified | BreachClosed

BREACH_EVENTS: Final = get_args(BreachEvent)

_BY_HISTORY: Final = (
    *CASE_EVENTS,
    *COMPLAINT_EVENTS,
    *OBJECTION_EVENTS,
    *DATA_REQUEST_EVENTS,
    *BREACH_EVENTS,
)

IN_SEVERAL_HISTORIES: Final = tuple(
    {event for event in _BY_HISTORY if _BY_HISTORY.count(event) > 1}
)
"""For `isinstance`: events that histories of more than one kind tell."""

VisitEvent: TypeAlias = Visited

AnyEvent: TypeAlias = (
    CaseEvent
    | ComplaintEvent
    | ObjectionEvent
    | DataRequestEvent
    | BreachEvent
    | VisitEvent
)

__all__ = [
    "BREACH_EVENTS",
    "CASE_EVENTS",
    "COMPLAINT_EVENTS",
    "DATA_REQUEST_EVENTS",
    "IN_SEVERAL_HISTORIES",
    "OBJECTION_EVENTS",
    "AnyEvent",
    "Approved",
    "BreachClosed",
    "BreachEvent",
    "BreachNotified",
    "BreachRecorded",
    "CaseEvent",
    "ClockPaused",
    "ClockResumed",
    "Closed",
    "Collected",
    "Complained",
    "ComplaintAnswered",
    "ComplaintClassified",
    "ComplaintClosed",
    "ComplaintEvent",
    "ComplaintFollowedUp",
    "ComplaintOpened",
    "CompletionReceived",
    "CompletionRequested",
    "ConsequenceTestRecorded",
    "ConvertedToWritten",
    "DataRequestAnswered",
    "DataRequestDeferred",
    "DataRequestEvent",
    "DataRequestGranted",
    "DataRequestReceived",
    "DataRequestRefused",
    "DeadlineExtended",
    "DeadlineRecomputed",
    "Delivered",
    "Disposed",
    "DisputeNoted",
    "Drafted",
    "Event",
    "FactCorrected",
    "IdCardDeposited",
    "IdCardReturned",
    "LaporReceipt",
    "LaporReviewed",
    "LaporStatusImported",
    "Lapsed",
    "LetterReceipt",
    "ObjectionDecided",
    "ObjectionEvent",
    "ObjectionFiled",
    "PersonalDataCorrected",
    "PersonalDataErased",
    "PickupArranged",
    "PickupContact",
    "PickupMissed",
    "ProcessingRestricted",
    "Received",
    "RefusedAsExempt",
    "Reopened",
    "RestrictionLifted",
    "RetentionDecided",
    "ReturnedForCorrection",
    "TargetOverrunNoted",
    "Transferred",
    "VisitEvent",
    "Visited",
    "Withdrawn",
    "documents_named",
]
