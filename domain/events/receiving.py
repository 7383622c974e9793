"""A request comes in, or a visitor who makes none; what is missing comes later."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from domain.due import Due
from domain.events.event import Event
from domain.values import (
    AgencyCode,
    Channel,
    Digest,
    LaporClass,
    LaporMedium,
    PersonId,
    Requirement,
    Role,
    VisitOutcome,
)


class LetterReceipt(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the incoming-mail book (agenda surat masuk) says of a letter."""

    number: str | None = None
    dated: date | None = None
    addressee: Role | None = None
    cc: tuple[Role, ...] = ()
    agenda_number: str | None = None
    received_by_regional_secretary_at: datetime | None = None


class LaporReceipt(msgspec.Struct, frozen=True, omit_defaults=True):
    """What SP4N-LAPOR! says of a report."""

    tracking_id: str
    medium: LaporMedium
    submitted_at: datetime
    forwarded_at: datetime | None = None
    classified: LaporClass = LaporClass.INFORMATION_REQUEST
    anonymous: bool = False
    confidential: bool = False


class Received(Event, frozen=True, tag="received"):
    """The agency took the request in; its clocks start (permohonan diterima)."""

    channel: Channel
    agency: AgencyCode
    registration_number: str
    standard: str
    """Id and version of the service standard that holds for this case for good."""
    person: PersonId
    identity: Digest
    """Of the sealed requester."""
    words: Digest
    """Of the sealed subject and items."""
    items: int
    """How many items are requested; they are numbered from 1."""
    has: tuple[Requirement, ...]
    missing: tuple[Requirement, ...] = ()
    """What the standard asks and did not come; the case is then incomplete."""
    letter: LetterReceipt | None = None
    lapor: LaporReceipt | None = None
    due: tuple[Due, ...] = ()
    origin: UUID | None = None
    """The case that was transferred or converted into this one."""
    anonymous: bool = False
    """Asked of SP4N-LAPOR! where `origin` began; so for `confidential`."""
    confidential: bool = False

    @property
    def is_anonymous(self) -> bool:
        """Whether the reporter's name is kept back, here or where it came from."""
        return self.anonymous or (self.lapor is not None and self.lapor.anonymous)

    @property
    def is_confidential(self) -> bool:
        """Whether the report is shown to nobody else."""
        return self.confidential or (self.lapor is not None and self.lapor.confidential)


class IdCardDeposited(Event, frozen=True, tag="id-card-deposited"):
    """The visitor left an identity card at reception (meninggalkan KTP)."""

    kind: str
    """Kind of card, a word of the office; never its number."""


class CompletionRequested(Event, frozen=True, tag="completion-requested"):
    """The requester was asked for what is missing (permintaan kelengkapan)."""

    missing: tuple[Requirement, ...]
    reply_by: date
    medium: str
    due: tuple[Due, ...] = ()


class CompletionReceived(Event, frozen=True, tag="completion-received"):
    """Something of what was missing came (kelengkapan diterima)."""

    received: tuple[Requirement, ...]
    missing: tuple[Requirement, ...] = ()
    """What is still missing; the case stays incomplete while anything is."""
    identity: Digest | None = None
    """Of the sealed requester, where name, address or phone came with it."""
    due: tuple[Due, ...] = ()
    """The clocks that the standard lets begin anew."""


class Visited(Event, frozen=True, tag="visited"):
    """A visit stands in the guest book that made no case (buku tamu)."""

    agency: AgencyCode
    outcome: VisitOutcome
    person: PersonId
    words: Digest
    """Of the sealed visitor and purpose."""
