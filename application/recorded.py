"""What the desk answers: the shapes of the contract, and an answer as it goes out."""

from datetime import datetime
from uuid import UUID

import msgspec

from domain.clock_faces import ClockFace
from domain.values import (
    AgencyCode,
    BreachStage,
    ComplaintStage,
    DataRequestKind,
    DataRequestStage,
    ObjectionStage,
    Outcome,
    Requirement,
    Stage,
    VisitOutcome,
)


class FieldWarning(msgspec.Struct, frozen=True):
    """What looks wrong in a body that was taken all the same."""

    code: str
    pointer: str
    """An RFC 6901 JSON pointer to the field."""


class CaseRecorded(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a command about a case."""

    case: UUID
    registration_number: str
    version: int
    position: int
    recorded_at: datetime
    stage: Stage
    outcome: Outcome | None
    clocks: tuple[ClockFace, ...]
    draft: int | msgspec.UnsetType = msgspec.UNSET
    missing: tuple[Requirement, ...] | msgspec.UnsetType = msgspec.UNSET
    complaint: UUID | msgspec.UnsetType = msgspec.UNSET
    """Opened when a report turned out to be one."""
    new_case: UUID | msgspec.UnsetType = msgspec.UNSET
    """As which the request goes on, after a transfer or a conversion."""
    warnings: tuple[FieldWarning, ...] | msgspec.UnsetType = msgspec.UNSET


class ComplaintRecorded(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a command about a complaint."""

    complaint: UUID
    case: UUID | None
    version: int
    position: int
    recorded_at: datetime
    stage: ComplaintStage
    clocks: tuple[ClockFace, ...]
    warnings: tuple[FieldWarning, ...] | msgspec.UnsetType = msgspec.UNSET


class ObjectionRecorded(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a command about an objection (keberatan)."""

    objection: UUID
    case: UUID
    version: int
    position: int
    recorded_at: datetime
    stage: ObjectionStage
    clocks: tuple[ClockFace, ...]


class DataRequestState(msgspec.Struct, frozen=True, kw_only=True):
    """How a data subject's request stands after its last entry (UU 27/2022)."""

    data_request: UUID
    person: UUID
    kind: DataRequestKind
    version: int
    position: int
    recorded_at: datetime
    stage: DataRequestStage
    clocks: tuple[ClockFace, ...]


class DataRequestRecorded(DataRequestState, frozen=True, kw_only=True):
    """The answer to a command about it."""

    warnings: tuple[FieldWarning, ...] | msgspec.UnsetType = msgspec.UNSET


class DataBreachRecorded(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a command about a data breach."""

    breach: UUID
    version: int
    position: int
    recorded_at: datetime
    stage: BreachStage
    persons: int
    """How many are concerned."""
    clocks: tuple[ClockFace, ...]


class VisitRecorded(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to an entry in the guest book."""

    visit: UUID
    agency: AgencyCode
    outcome: VisitOutcome
    version: int
    position: int
    recorded_at: datetime


class Recorded(msgspec.Struct, frozen=True):
    """An answer as it goes out, kept so that a repeated request gets the same."""

    body: bytes
    version: int
    subject: UUID
    replayed: bool = False
