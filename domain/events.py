"""The facts of the register: what happened to a request, a visit or a complaint.

A tag is kept for ever: a new field has a default, a new meaning a new tag.
Who, when and under which rule stand once on the entry, never in an event; a person
is an id, the person's words are digests of what the people store holds sealed.
"""

from datetime import date, datetime
from typing import Final, TypeAlias, get_args
from uuid import UUID

import msgspec

from domain.values import (
    AgencyCode,
    ApprovalKind,
    Capacity,
    Channel,
    Clock,
    ComplaintChannel,
    ComplaintClass,
    CorrectableFact,
    DeliveryMeans,
    Digest,
    DraftKind,
    Due,
    Filer,
    ItemOutcome,
    LaporClass,
    LaporMedium,
    LegalBasisCode,
    MissedPickup,
    NoticeMeans,
    ObjectionGround,
    ObjectionRuling,
    OfficialId,
    Outcome,
    PersonId,
    PickupContact,
    Requirement,
    Role,
    Secrecy,
    Urgency,
    VisitOutcome,
)


class Event(msgspec.Struct, frozen=True, tag_field="type", omit_defaults=True):
    """Something that happened; the tag in `type` tells which."""


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


class IdCardDeposited(Event, frozen=True, tag="id-card-deposited"):
    """The visitor left an identity card at reception (meninggalkan KTP)."""

    kind: str
    """Kind of card, a word of the office; never its number."""


class IdCardReturned(Event, frozen=True, tag="id-card-returned"):
    """The identity card was taken back (mengambil kembali KTP)."""

    to: str
    """`visitor`, `proxy` or `other`; who it was is sealed."""
    told: Digest | None = None
    """Of the sealed words that say who took it."""


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


class Delivered(Event, frozen=True, tag="delivered"):
    """The answer reached the requester, or went out to him (disampaikan)."""

    how: DeliveryMeans
    outcome: Outcome
    items: tuple[ItemOutcome, ...] = ()
    """Outcomes said at the counter; a written answer has them in its draft."""
    notified_by: NoticeMeans | None = None
    letter_number: str | None = None
    due: tuple[Due, ...] = ()


class PickupArranged(Event, frozen=True, tag="pickup-arranged"):
    """The requester was called to collect the answer (dihubungi untuk mengambil)."""

    contacts: tuple[PickupContact, ...]
    collect_by: date


class Collected(Event, frozen=True, tag="collected"):
    """The answer was collected at the agency (diambil)."""

    by: str
    """`requester`, `proxy` or `other`; who it was is sealed."""
    told: Digest | None = None
    due: tuple[Due, ...] = ()


class PickupMissed(Event, frozen=True, tag="pickup-missed"):
    """Nobody came for the answer (tidak diambil)."""

    then: MissedPickup


class TargetOverrunNoted(Event, frozen=True, tag="target-overrun-noted"):
    """The fifteen minutes were not enough ("atau sesuai kebutuhan")."""

    reason: str


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


class LaporStatusImported(Event, frozen=True, tag="lapor-status-imported"):
    """SP4N-LAPOR! shows a status of its own; the liaison copied it here."""

    status: str
    at: datetime


class Complained(Event, frozen=True, tag="complained"):
    """Somebody complained about the service in this case (pengaduan)."""

    complaint: UUID
    channel: ComplaintChannel


class Closed(Event, frozen=True, tag="closed"):
    """Nothing more is owed in this case (selesai)."""

    reason: str | None = None


class Reopened(Event, frozen=True, tag="reopened"):
    """The head opened the case again; the last assignee answers once more."""

    reason: str
    objection: UUID | None = None
    """The objection that was granted, where one opened it."""


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


class Lapsed(Event, frozen=True, tag="lapsed"):
    """What was missing did not come in time; the requester was told (gugur)."""

    notice: str


class DeadlineExtended(Event, frozen=True, tag="deadline-extended"):
    """The statute's term was extended, with written reasons (perpanjangan waktu)."""

    working_days: int
    reason: str
    notice_sent_at: datetime
    missed: tuple[Clock, ...] = ()
    """Clocks that had run out when this was told: they move, and stay missed."""
    due: tuple[Due, ...] = ()


class ClockPaused(Event, frozen=True, tag="clock-paused"):
    """The answer's clocks rest for a ground that is told (jeda)."""

    ground: str
    first: date = msgspec.field(name="from")
    """The first local day that is not counted."""
    starts_at: datetime
    """The local midnight that begins it."""
    clocks: tuple[Clock, ...]
    until: date | None = None
    """The last local day that is not counted; none while it is open."""
    ends_at: datetime | None = None
    """The local midnight that ends that day, exclusive."""
    missed: tuple[Clock, ...] = ()
    due: tuple[Due, ...] = ()
    """The moved clocks; an open pause moves none before it ends."""


class ClockResumed(Event, frozen=True, tag="clock-resumed"):
    """The answer's clocks run again from this local day on (jeda berakhir)."""

    on: date
    """The first local day that counts again."""
    ends_at: datetime
    """The local midnight that begins it."""
    missed: tuple[Clock, ...] = ()
    due: tuple[Due, ...] = ()


class DeadlineRecomputed(Event, frozen=True, tag="deadline-recomputed"):
    """A calendar that was announced late moved clocks that still ran (hitung ulang)."""

    edition: str
    before: tuple[Due, ...]
    due: tuple[Due, ...]


class Transferred(Event, frozen=True, tag="transferred"):
    """Another public body holds the information; it was passed on (pelimpahan)."""

    notice: str
    to_agency: AgencyCode | None = None
    """One of ours, which then has a case of its own."""
    holder: str | None = None
    """Another body, as the notice names it."""
    new_case: UUID | None = None


class Withdrawn(Event, frozen=True, tag="withdrawn"):
    """The requester takes the request back (dicabut)."""

    how: str
    told: Digest | None = None
    """Of the requester's sealed reason."""


class ConvertedToWritten(Event, frozen=True, tag="converted-to-written"):
    """A visit needs a written answer and goes on as a letter (menjadi tertulis)."""

    reason: str
    new_case: UUID


class FactCorrected(Event, frozen=True, tag="fact-corrected"):
    """A fact was entered wrongly; this one supersedes it, and both stay (ralat)."""

    version: int
    """Of the entry whose fact is superseded; it may be a correction itself."""
    fact: CorrectableFact
    value: str | None
    """As it should have been: an instant in UTC, a date, or a number on paper."""
    before: str | None
    reason: str
    of: int = 0
    """The version that first told the fact: `version`, unless that is a correction."""
    met_at: datetime | None = None
    """When the answer's clocks were met, where this corrects it."""
    due: tuple[Due, ...] = ()
    """The clocks that follow."""


class ComplaintOpened(Event, frozen=True, tag="complaint-opened"):
    """A complaint about the service was taken in (pengaduan diterima)."""

    agency: AgencyCode
    channel: ComplaintChannel
    category: str
    anonymous: bool
    confidential: bool
    words: Digest
    """Of the sealed text."""
    person: PersonId
    """Under whose key the text, and any complainant, is sealed."""
    case: UUID | None = None
    about: OfficialId | None = None
    """The official complained of, who may never handle it."""
    about_head: bool = False
    """Whether he headed the agency then."""
    identity: Digest | None = None
    """Of the sealed complainant; none where he stays unnamed."""
    due: tuple[Due, ...] = ()


class ComplaintClassified(Event, frozen=True, tag="complaint-classified"):
    """The complaint was sorted; its class gives it its time (klasifikasi)."""

    classified: ComplaintClass
    missed: tuple[Clock, ...] = ()
    """Clocks that had run out by then: they begin anew, and stay missed."""
    due: tuple[Due, ...] = ()


class ComplaintFollowedUp(Event, frozen=True, tag="complaint-followed-up"):
    """Something was done about the complaint (tindak lanjut)."""

    action: str


class ComplaintAnswered(Event, frozen=True, tag="complaint-answered"):
    """The complaint was answered (dijawab)."""

    text: Digest
    """Of the sealed answer."""
    document: Digest | None = None


class ComplaintClosed(Event, frozen=True, tag="complaint-closed"):
    """Nothing more is done about the complaint (selesai)."""

    reason: str


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


class Visited(Event, frozen=True, tag="visited"):
    """A visit stands in the guest book that made no case (buku tamu)."""

    agency: AgencyCode
    outcome: VisitOutcome
    person: PersonId
    words: Digest
    """Of the sealed visitor and purpose."""


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
)
ObjectionEvent: TypeAlias = (
    ObjectionFiled | ObjectionDecided | DisputeNoted | DeadlineRecomputed
)
COMPLAINT_EVENTS: Final = get_args(ComplaintEvent)
OBJECTION_EVENTS: Final = get_args(ObjectionEvent)
VisitEvent: TypeAlias = Visited
AnyEvent: TypeAlias = CaseEvent | ComplaintEvent | ObjectionEvent | VisitEvent
