"""Somebody is given a request and writes an answer, which climbs the tiers."""

from datetime import date
from uuid import UUID

from domain.due import Due
from domain.events.event import Event
from domain.outcome import ItemOutcome
from domain.values import (
    ApprovalKind,
    Capacity,
    Digest,
    DraftKind,
    LaporClass,
    LegalBasisCode,
    OfficialId,
    Outcome,
    Role,
    Secrecy,
    Urgency,
)


class Disposed(Event, frozen=True, tag="disposed"):
    """The head assigned an official to answer it (disposisi). Not "thrown away"."""

    to: OfficialId
    by: OfficialId
    """Who assigned; at the counter the one who gave direction."""
    oral: bool = False
    """Said at the counter (arahan) rather than written on a sheet."""
    others: tuple[OfficialId, ...] = ()
    instructions: tuple[str, ...] = ()
    urgency: Urgency = Urgency.ORDINARY
    secrecy: Secrecy = Secrecy.ORDINARY
    respond_by: date | None = None
    unit: str | None = None
    """The assignee's unit at that time."""


class LaporReviewed(Event, frozen=True, tag="lapor-reviewed"):
    """The liaison official reviewed the report and copied it for the head (telaah)."""

    classified: LaporClass
    summary: Digest
    """Of the sealed summary."""
    complaint: UUID | None = None
    """The complaint that was opened when the report is one."""


class Drafted(Event, frozen=True, tag="drafted"):
    """The handling official wrote an answer for correction and signature (konsep)."""

    n: int
    kind: DraftKind
    items: tuple[ItemOutcome, ...]
    tiers: tuple[tuple[Role, ...], ...]
    """The tiers this version must climb, lowest first; the last one signs."""
    unit: str | None = None
    """The drafter's unit at that time: its superiors are the tiers."""
    document: Digest | None = None
    text: Digest | None = None
    """Of the sealed text."""


class ReturnedForCorrection(Event, frozen=True, tag="returned-for-correction"):
    """A superior sent the draft back; earlier initials are void (dikembalikan)."""

    draft: int
    tier: int
    notes: str


class Approved(Event, frozen=True, tag="approved"):
    """A tier put initials or signature to the draft (paraf, tanda tangan)."""

    draft: int
    tier: int
    role: Role
    kind: ApprovalKind
    capacity: Capacity = Capacity.OWN
    acting_for: OfficialId | None = None
    final: bool = False
    outcome: Outcome | None = None
    """Of the whole case; said with the final approval."""
    due: tuple[Due, ...] = ()


class RefusedAsExempt(Event, frozen=True, tag="refused-as-exempt"):
    """The information is exempt; the law obliges the agency to say why (ditolak)."""

    items: tuple[int, ...]
    legal_basis: tuple[LegalBasisCode, ...]
    reason: str
    outcome: Outcome | None = None
    """Of the whole case, when this refusal answers all of it."""
    exempt_until: date | None = None
    without_consequence_test: bool = False
    """Some of these items had no consequence test by then: a warning beside the fact,
    where the agency's standard lets a refusal do without."""
    due: tuple[Due, ...] = ()


class ConsequenceTestRecorded(Event, frozen=True, tag="consequence-test-recorded"):
    """The PPID weighed what opening the items would do (uji konsekuensi)."""

    items: tuple[int, ...]
    act: LegalBasisCode
    analysis: str
    participants: tuple[OfficialId, ...]
    until: date | None = None
    document: Digest | None = None
    part: str | None = None
    """Which part of the document the test is about (bagian yang dikecualikan)."""
