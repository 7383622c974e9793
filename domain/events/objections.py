"""Objections to the decision (keberatan), and disputes (sengketa)."""

from uuid import UUID

from domain.due import Due
from domain.events.event import Event
from domain.outcome import ItemOutcome
from domain.values import (
    AgencyCode,
    Digest,
    Filer,
    ObjectionGround,
    ObjectionRuling,
    PersonId,
)


class ObjectionFiled(Event, frozen=True, tag="objection-filed"):
    """Somebody attacks the decision on a request (keberatan diajukan)."""

    agency: AgencyCode
    case: UUID
    standard: str
    """Id and version of the standard that the case is under."""
    ground: ObjectionGround
    facts: Digest
    """Of the sealed statement of facts (kasus posisi)."""
    person: PersonId
    filed_by: Filer
    power_of_attorney: Digest | None = None
    """The document by which a proxy may act (surat kuasa khusus)."""
    due: tuple[Due, ...] = ()


class ObjectionDecided(Event, frozen=True, tag="objection-decided"):
    """The PPID's superior decided (tanggapan atasan PPID)."""

    decision: ObjectionRuling
    reason: str
    items: tuple[ItemOutcome, ...] = ()
    letter_number: str | None = None
    due: tuple[Due, ...] = ()


class DisputeNoted(Event, frozen=True, tag="dispute-noted"):
    """The Information Commission has the matter (sengketa informasi)."""

    commission_number: str
    status: str
    result: str | None = None
    due: tuple[Due, ...] = ()
    """The clock that the superior's silence had started by itself."""
