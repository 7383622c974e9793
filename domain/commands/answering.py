"""Finding who answers, writing the answer, climbing the tiers, refusing."""

from datetime import date
from uuid import UUID

from domain.commands.command import Command
from domain.outcome import ItemOutcome
from domain.values import (
    Capacity,
    Digest,
    DraftKind,
    LaporClass,
    LegalBasisCode,
    OfficialId,
    Secrecy,
    Urgency,
)


class GiveDirection(Command, frozen=True):
    """At the counter a head says who will serve the visitor (arahan)."""

    to: OfficialId
    directed_by: OfficialId


class ReviewReport(Command, frozen=True):
    """Review a report before it goes to the head (telaah)."""

    case: UUID
    """The report's own, which a complaint that is made of it points back to."""
    summary: Digest
    classified: LaporClass
    complaint: UUID
    """Drawn beforehand; used when the report turns out to be a complaint."""
    words: Digest
    """Of the text sealed for that complaint."""
    identity: Digest | None = None
    """Of the reporter sealed for that complaint; none where he stays unnamed."""


class Dispose(Command, frozen=True):
    """Assign the case to an official (mendisposisi)."""

    to: OfficialId
    others: tuple[OfficialId, ...] = ()
    instructions: tuple[str, ...] = ()
    urgency: Urgency = Urgency.ORDINARY
    secrecy: Secrecy = Secrecy.ORDINARY
    respond_by: date | None = None


class Draft(Command, frozen=True):
    """Write an answer for correction and signature (menyusun konsep)."""

    kind: DraftKind
    items: tuple[ItemOutcome, ...]
    document: Digest | None = None
    text: Digest | None = None


class Approve(Command, frozen=True):
    """Put initials or signature to a draft (memaraf, menandatangani)."""

    draft: int
    capacity: Capacity = Capacity.OWN
    acting_for: OfficialId | None = None


class ReturnForCorrection(Command, frozen=True):
    """Send a draft back to its drafter (mengembalikan)."""

    draft: int
    notes: str


class RefuseAtCounter(Command, frozen=True):
    """Say at the counter that the information is exempt, and why (menolak)."""

    legal_basis: tuple[LegalBasisCode, ...]
    reason: str
    items: tuple[int, ...] = ()
    """The items refused; all that are still open when none is named."""
    exempt_until: date | None = None


class RecordConsequenceTest(Command, frozen=True):
    """Record a consequence test (uji konsekuensi)."""

    items: tuple[int, ...]
    act: LegalBasisCode
    analysis: str
    participants: tuple[OfficialId, ...]
    until: date | None = None
    document: Digest | None = None
    part: str | None = None
