"""The words of the office: what a fact, a wish or a refusal is said in.

Every word stands in the glossary of `domain/README.md` with its Indonesian term.
"""

from enum import StrEnum
from typing import Annotated, Final, TypeAlias
from uuid import UUID

import msgspec

AgencyCode: TypeAlias = str
"""Code of an agency as its standard's file gives it, for example `bppd`."""

OfficialId: TypeAlias = str
"""Slug of an official, `[a-z0-9-]{1,64}`; never a person's name or NIP."""

STANDS_FOR_SOMEBODY: Final = {"stands_for": "somebody"}
"""Marks a kind of field that tells whose a matter is, to who knows one of his others:
whoever may know nothing of the person is not shown it."""

PersonId: TypeAlias = Annotated[UUID, msgspec.Meta(extra=STANDS_FOR_SOMEBODY)]
"""The requester or complainant in the people store; the only trace in an event."""

Digest: TypeAlias = Annotated[str, msgspec.Meta(extra=STANDS_FOR_SOMEBODY)]
"""SHA-256 in lower-case hexadecimal: of what is sealed, or of a document."""

LegalBasisCode: TypeAlias = str
"""Code of a ground in the legal data, for example `kip17.c`."""


class Channel(StrEnum):
    """How a request comes in (media layanan)."""

    FACE_TO_FACE = "face_to_face"
    LETTER = "letter"
    SP4N_LAPOR = "sp4n_lapor"


class Stage(StrEnum):
    """Where a case stands; `outcome` says how it ended and is kept apart."""

    RECEIVED = "received"
    INCOMPLETE = "incomplete"
    DISPOSED = "disposed"
    DRAFTED = "drafted"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    APPROVED = "approved"
    AWAITING_PICKUP = "awaiting_pickup"
    DELIVERED = "delivered"
    REFUSED = "refused"
    CONVERTED = "converted"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What became of a case or of one requested item."""

    GRANTED = "granted"
    PARTIAL = "partial"
    REFUSED_AS_EXEMPT = "refused_as_exempt"
    NOT_HELD = "not_held"
    NOT_DOCUMENTED = "not_documented"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Role(StrEnum):
    """The capacity in which an official acts."""

    RECEPTIONIST = "receptionist"
    LETTER_CLERK = "letter_clerk"
    LAPOR_LIAISON = "lapor_liaison"
    REGIONAL_SECRETARY = "regional_secretary"
    AGENCY_HEAD = "agency_head"
    AGENCY_SECRETARY = "agency_secretary"
    DIVISION_HEAD = "division_head"
    SUBDIVISION_HEAD = "subdivision_head"
    HANDLER = "handler"
    PPID = "ppid"
    PPID_SUPERIOR = "ppid_superior"
    COMPLAINT_OFFICER = "complaint_officer"
    INSPECTORATE = "inspectorate"
    INSPECTOR = "inspector"
    REPORTER = "reporter"
    ADMINISTRATOR = "administrator"
    DPO = "dpo"


class Requirement(StrEnum):
    """What a standard asks of a requester (persyaratan)."""

    IDENTITY_SHOWN = "identity_shown"
    IDENTITY_COPY = "identity_copy"
    INSTITUTION_IDENTITY = "institution_identity"
    PHONE = "phone"
    NAME = "name"
    ADDRESS = "address"


class DayKind(StrEnum):
    """What a term counts: every day (hari), working days (hari kerja) or minutes."""

    CALENDAR = "calendar"
    WORKING = "working"
    MINUTES = "minutes"


class Clock(StrEnum):
    """A term that runs for somebody."""

    STANDARD = "standard"
    STATUTE = "statute"
    COMPLETION = "completion"
    OBJECTION = "objection"
    OBJECTION_REPLY = "objection_reply"
    DISPUTE = "dispute"
    COMPLAINT = "complaint"
    LAPOR_FOLLOW_UP = "lapor_follow_up"
    LAPOR_AUTO_CLOSE = "lapor_auto_close"
    BREACH_NOTICE = "breach_notice"
    """The 72 hours in which a data breach is told (UU 27/2022 art. 46)."""
    DATA_REQUEST = "data_request"
    """The 72 hours in which a data subject is answered (art. 30, 32, 41)."""


class ClockState(StrEnum):
    """How a clock stands at the time of an answer."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    STOPPED = "stopped"


class ComplaintClass(StrEnum):
    """Whether a complaint is about misconduct (berkadar pengawasan) or not."""

    NOT_SUPERVISORY = "not_supervisory"
    SUPERVISORY = "supervisory"


class ObjectionGround(StrEnum):
    """Why somebody may object (alasan keberatan): the letters of KIP art. 35(1)."""

    REFUSED = "a"
    PERIODIC_NOT_PROVIDED = "b"
    NO_RESPONSE = "c"
    NOT_AS_REQUESTED = "d"
    NOT_FULFILLED = "e"
    UNREASONABLE_COST = "f"
    LATE = "g"


class ObjectionStage(StrEnum):
    """Where an objection (keberatan) stands."""

    FILED = "filed"
    DECIDED = "decided"
    DISPUTED = "disputed"


class ObjectionRuling(StrEnum):
    """What the PPID's superior decides: the answer stands, falls, or falls in part."""

    UPHOLD = "uphold"
    GRANT = "grant"
    PART = "part"


class Filer(StrEnum):
    """Who files an objection: the requester himself, or his proxy (kuasa)."""

    REQUESTER = "requester"
    PROXY = "proxy"


class CorrectableFact(StrEnum):
    """What may turn out to have been entered wrongly, by its place in the entry."""

    OCCURRED_AT = "occurred_at"
    LETTER_NUMBER = "letter.number"
    LETTER_DATE = "letter.date"
    AGENDA_NUMBER = "letter.agenda_number"
    RECEIVED_BY_REGIONAL_SECRETARY_AT = "letter.received_by_regional_secretary_at"
    SUBMITTED_AT = "lapor.submitted_at"
    FORWARDED_AT = "lapor.forwarded_at"


class LaporClass(StrEnum):
    """How SP4N-LAPOR! sorts reports: request, complaint or aspiration."""

    INFORMATION_REQUEST = "information_request"
    COMPLAINT = "complaint"
    ASPIRATION = "aspiration"


class LaporMedium(StrEnum):
    """By which door a report reached SP4N-LAPOR!."""

    WEB = "web"
    SMS = "sms"


class Urgency(StrEnum):
    """How fast a disposition wants an answer (sifat)."""

    ORDINARY = "ordinary"
    URGENT = "urgent"
    VERY_URGENT = "very_urgent"


class Secrecy(StrEnum):
    """Whether a disposition is secret (rahasia)."""

    ORDINARY = "ordinary"
    SECRET = "secret"  # noqa: S105 - a word on a disposition sheet


class DraftKind(StrEnum):
    """What a draft (konsep surat) says."""

    ANSWER = "answer"
    COVER = "cover"
    REFUSAL = "refusal"
    PARTIAL = "partial"
    NOT_HELD = "not_held"
    NOT_DOCUMENTED = "not_documented"


class Capacity(StrEnum):
    """In whose stead a tier is signed: own, Plt., Plh., Pj. or a.n."""

    OWN = "own"
    ACTING = "acting"
    DAILY_ACTING = "daily_acting"
    INTERIM = "interim"
    ON_BEHALF = "on_behalf"


class ApprovalKind(StrEnum):
    """Initials (paraf) below the signer, then signature or LAPOR's approval."""

    INITIAL = "initial"
    SIGNATURE = "signature"
    APPROVAL = "approval"


class DeliveryMeans(StrEnum):
    """How an answer reached the requester."""

    ORAL = "oral"
    HANDED = "handed"
    POST = "post"
    COURIER = "courier"
    LAPOR_POST = "lapor_post"


class NoticeMeans(StrEnum):
    """How the requester heard that an answer stands in SP4N-LAPOR!."""

    SMS = "sms"
    EMAIL = "email"


class MissedPickup(StrEnum):
    """What follows when nobody came for the answer."""

    POST = "post"
    CLOSE = "close"


class ComplaintChannel(StrEnum):
    """Where a complaint (pengaduan) about the service may be brought."""

    SUGGESTION_BOX = "suggestion_box"
    IN_PERSON = "in_person"
    LETTER = "letter"
    SP4N_LAPOR = "sp4n_lapor"


class ComplaintKind(StrEnum):
    """Whose affair a complaint is, which decides who handles it."""

    ORDINARY = "ordinary"
    """The agency's own complaint officer's."""
    ABOUT_HEAD = "about_head"
    """The Regional Secretary's: nobody below the agency's head handles it."""
    ABOUT_ONLY_OFFICER = "about_only_officer"
    """The Regional Secretary's too: else only the one complained of might handle it."""
    SUPERVISORY = "supervisory"
    """The inspectorate's, whomever it is about."""


class ComplaintStage(StrEnum):
    """Where a complaint stands."""

    OPENED = "opened"
    CLASSIFIED = "classified"
    FOLLOWED_UP = "followed_up"
    ANSWERED = "answered"
    CLOSED = "closed"


class VisitOutcome(StrEnum):
    """Why a visit in the guest book made no case."""

    NO_IDENTITY = "no_identity"
    ADVICE_ONLY = "advice_only"


class DataRequestKind(StrEnum):
    """Which right a data subject makes use of (UU 27/2022 art. 6-8, 11)."""

    ACCESS = "access"
    CORRECTION = "correction"
    RESTRICTION = "restriction"
    ERASURE = "erasure"


class DataRequestStage(StrEnum):
    """Where a data subject's request stands."""

    RECEIVED = "received"
    DEFERRED = "deferred"
    GRANTED = "granted"
    REFUSED = "refused"
    ANSWERED = "answered"
    LIFTED = "lifted"


class HoldGround(StrEnum):
    """Why a person's data are still needed, whatever he wishes."""

    CASE_OPEN = "case_open"
    OBJECTION_WINDOW = "objection_window"
    OBJECTION_OPEN = "objection_open"
    DISPUTE_WINDOW = "dispute_window"
    DISPUTE_OPEN = "dispute_open"
    COMPLAINT_OPEN = "complaint_open"
    ANNUAL_REPORT = "annual_report"
    ARCHIVE_DUTY = "archive_duty"


class RetentionChoice(StrEnum):
    """What becomes of a file whose time is over (penyusutan arsip)."""

    DESTROY = "destroy"
    KEEP = "keep"


class BreachStage(StrEnum):
    """Where a data breach stands."""

    RECORDED = "recorded"
    NOTIFIED = "notified"
    CLOSED = "closed"


class NoticeTo(StrEnum):
    """Who is told of a data breach (UU 27/2022 art. 46)."""

    SUBJECTS = "subjects"
    AUTHORITY = "authority"
    PUBLIC = "public"
