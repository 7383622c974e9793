"""What the desk is asked to do, and what it answers."""

from datetime import datetime
from uuid import UUID

import msgspec

from application.office.principals import Principal
from application.sealing import SealedMore
from domain.commands import AnyCommand
from domain.deadlines import ClockFace
from domain.values import (
    AgencyCode,
    Channel,
    ComplaintStage,
    OfficialId,
    Outcome,
    Requirement,
    Role,
    Stage,
    VisitOutcome,
)


class Idempotency(msgspec.Struct, frozen=True):
    """A key under which the same request is answered once (kept seven days)."""

    official: OfficialId
    method: str
    path: str
    key: str
    body_sha256: bytes

    @property
    def scope(self) -> tuple[OfficialId, str, str, str]:
        """Whose key it is, and for which request."""
        return (self.official, self.method, self.path, self.key)


class Errand(msgspec.Struct, frozen=True, kw_only=True):
    """A command with all that carrying it out needs."""

    command: AnyCommand
    action: str
    """The word under which the authority table knows it."""
    principal: Principal
    subject: UUID
    """The history it is about; a new id where the command opens one."""
    case: UUID | None = None
    """The case whose present state the decision needs."""
    agency: AgencyCode | None = None
    """Of what is being opened; an existing case knows its own."""
    channel: Channel | None = None
    expected: int | None = None
    """The version the official looked at; none where nothing exists yet."""
    said_role: Role | None = None
    occurred_at: datetime | None = None
    """None is the moment of recording."""
    late_reason: str | None = None
    note: str | None = None
    acting_for: OfficialId | None = None
    tracking_id: str | None = None
    """Of a report in SP4N-LAPOR!, which is received only once."""
    sealed: tuple[SealedMore, ...] = ()
    idempotency: Idempotency | None = None
    request_id: str


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


class ComplaintRecorded(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a command about a complaint."""

    complaint: UUID
    case: UUID | None
    version: int
    position: int
    recorded_at: datetime
    stage: ComplaintStage
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


class DeskError(Exception):
    """The desk could not do it; nothing was changed. Codes as in the contract."""

    code = ""


class UnknownCaseError(DeskError):
    """No case has that id; `named_in_body` where a body names it."""

    code = "unknown-case"

    def __init__(self, *, named_in_body: bool = False) -> None:
        self.named_in_body = named_in_body


class ForbiddenError(DeskError):
    """No row of the authority table allows it."""

    code = "forbidden"


class StaleVersionError(DeskError):
    """The case has moved on since the version that was looked at."""

    code = "version-stale"

    def __init__(self, expected: int, actual: int) -> None:
        self.expected = expected
        self.actual = actual


class KeyReusedError(DeskError):
    """The idempotency key was used for another body."""

    code = "idempotency-key-reused"


class OverloadedError(DeskError):
    """Too much waits, or the database is away; try again."""

    code = "overloaded"
