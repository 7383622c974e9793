"""Wishes: what an official asks the register to record, named as imperatives.

A command holds what `decide` needs and nothing of a person: words and identities
were sealed beforehand, and ids were drawn beforehand.
"""

from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

import msgspec

from domain.events import LaporReceipt, LetterReceipt
from domain.values import (
    AgencyCode,
    Capacity,
    ComplaintChannel,
    ComplaintClass,
    CorrectableFact,
    DeliveryMeans,
    Digest,
    DraftKind,
    Filer,
    ItemOutcome,
    LaporClass,
    LegalBasisCode,
    MissedPickup,
    NoticeMeans,
    ObjectionGround,
    ObjectionRuling,
    OfficialId,
    PersonId,
    PickupContact,
    Requirement,
    Secrecy,
    Urgency,
    VisitOutcome,
)


class Command(msgspec.Struct, frozen=True):
    """Something an official wants to happen."""


class Receive(Command, frozen=True):
    """Take a request in; the parts every channel has."""

    person: PersonId
    identity: Digest
    words: Digest
    items: int
    has: frozenset[Requirement]


class ReceiveAtCounter(Receive, frozen=True):
    """A visitor asks face to face and shows or leaves an identity card."""

    id_card: str | None = None
    """Kind of the card left at reception; none when it was only shown."""


class ReceiveLetter(Receive, frozen=True):
    """A letter came in (surat masuk)."""

    letter: LetterReceipt


class ReceiveReport(Receive, frozen=True):
    """The liaison found a request in SP4N-LAPOR!."""

    lapor: LaporReceipt
    addressed_to_us: bool = True
    """Whether an SMS bore the region's prefix and said something."""


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


class Deliver(Command, frozen=True):
    """Give or send the answer (menyampaikan)."""

    how: DeliveryMeans
    items: tuple[ItemOutcome, ...] = ()
    notified_by: NoticeMeans | None = None
    letter_number: str | None = None


class ArrangePickup(Command, frozen=True):
    """Call the requester to collect the answer."""

    contacts: tuple[PickupContact, ...]
    collect_by: date


class RecordCollection(Command, frozen=True):
    """The answer was collected."""

    by: str
    told: Digest | None = None


class RecordMissedPickup(Command, frozen=True):
    """Nobody came for the answer."""

    then: MissedPickup


class ReturnIdCard(Command, frozen=True):
    """Hand the identity card back."""

    to: str
    told: Digest | None = None


class NoteOverrun(Command, frozen=True):
    """Say why fifteen minutes were not enough."""

    reason: str


class ImportLaporStatus(Command, frozen=True):
    """Copy a status that SP4N-LAPOR! shows."""

    status: str
    at: datetime


class Close(Command, frozen=True):
    """Nothing more is owed."""

    reason: str | None = None


class Reopen(Command, frozen=True):
    """Open a finished case again."""

    reason: str


class Complain(Command, frozen=True):
    """Take in a complaint about the service (menerima pengaduan)."""

    complaint: UUID
    channel: ComplaintChannel
    category: str
    anonymous: bool
    confidential: bool
    words: Digest
    person: PersonId
    case: UUID | None = None
    about: OfficialId | None = None
    identity: Digest | None = None


class RequestCompletion(Command, frozen=True):
    """Ask the requester for what is missing."""

    missing: tuple[Requirement, ...]
    reply_by: date
    medium: str


class ReceiveCompletion(Command, frozen=True):
    """Take in what was missing."""

    received: frozenset[Requirement]
    identity: Digest | None = None


class Lapse(Command, frozen=True):
    """Let an incomplete request lapse, with notice (menggugurkan)."""

    notice: str


class Extend(Command, frozen=True):
    """Extend the statute's term, with written reasons (memperpanjang)."""

    working_days: int
    reason: str
    notice_sent_at: datetime


class Pause(Command, frozen=True):
    """Let the answer's clocks rest from a local day on, to another inclusive."""

    ground: str
    first: date
    until: date | None = None


class Resume(Command, frozen=True):
    """Let the answer's clocks run again from the day of the act on."""


class Transfer(Command, frozen=True):
    """Pass the request on to the body that holds the information (melimpahkan)."""

    notice: str
    case: UUID
    """Its own, to which a case of ours points back."""
    to_agency: AgencyCode | None = None
    holder: str | None = None
    new_case: UUID | None = None
    """Drawn beforehand where one of ours opens it; the digests are sealed for it."""
    identity: Digest = ""
    words: Digest = ""


class Withdraw(Command, frozen=True):
    """The requester takes the request back (mencabut)."""

    how: str
    told: Digest | None = None


class Convert(Command, frozen=True):
    """Let a visit go on as a letter."""

    reason: str
    new_case: UUID
    """Drawn beforehand, as the digests below were sealed for it."""
    case: UUID
    """The visit's own, to which the letter points back."""
    identity: Digest = ""
    words: Digest = ""


class CorrectFact(Command, frozen=True):
    """Supersede a fact that was entered wrongly (meralat)."""

    version: int
    fact: CorrectableFact
    value: str | None
    reason: str


class ClassifyComplaint(Command, frozen=True):
    """Sort a complaint (mengklasifikasi)."""

    classified: ComplaintClass


class FollowUpComplaint(Command, frozen=True):
    """Say what was done about a complaint (menindaklanjuti)."""

    action: str


class AnswerComplaint(Command, frozen=True):
    """Answer a complaint."""

    text: Digest
    document: Digest | None = None


class CloseComplaint(Command, frozen=True):
    """Nothing more is done about a complaint."""

    reason: str


class FileObjection(Command, frozen=True):
    """Take in an objection to the decision on a case (mengajukan keberatan)."""

    objection: UUID
    case: UUID
    ground: ObjectionGround
    facts: Digest
    filed_by: Filer
    power_of_attorney: Digest | None = None


class DecideObjection(Command, frozen=True):
    """Decide an objection as the PPID's superior."""

    case: UUID
    objection: UUID
    decision: ObjectionRuling
    reason: str
    items: tuple[ItemOutcome, ...] = ()
    letter_number: str | None = None


class NoteDispute(Command, frozen=True):
    """Say what the Information Commission does with the matter."""

    commission_number: str
    status: str
    result: str | None = None


class NoteVisit(Command, frozen=True):
    """Enter a visit without a case in the guest book."""

    outcome: VisitOutcome
    person: PersonId
    words: Digest


CaseCommand: TypeAlias = (
    ReceiveAtCounter
    | ReceiveLetter
    | ReceiveReport
    | GiveDirection
    | ReviewReport
    | Dispose
    | Draft
    | Approve
    | ReturnForCorrection
    | RefuseAtCounter
    | RecordConsequenceTest
    | Deliver
    | ArrangePickup
    | RecordCollection
    | RecordMissedPickup
    | ReturnIdCard
    | NoteOverrun
    | ImportLaporStatus
    | Close
    | Reopen
    | Complain
    | RequestCompletion
    | ReceiveCompletion
    | Lapse
    | Extend
    | Pause
    | Resume
    | Transfer
    | Withdraw
    | Convert
    | CorrectFact
)
ComplaintCommand: TypeAlias = (
    ClassifyComplaint | FollowUpComplaint | AnswerComplaint | CloseComplaint
)
ObjectionCommand: TypeAlias = FileObjection | DecideObjection | NoteDispute
RequestCommand: TypeAlias = CaseCommand | NoteVisit
"""About requests, and about visits that are none."""
AnyCommand: TypeAlias = RequestCommand | ComplaintCommand | ObjectionCommand
