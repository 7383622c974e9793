"""One complaint as it stands: for all who may read it, and for whoever handles it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from application import requester
from application.entries import Entry
from domain import events
from domain.clock_faces import ClockFace, faces
from domain.complaint import Complaint, evolve
from domain.office import Office
from domain.values import (
    AgencyCode,
    ComplaintChannel,
    ComplaintClass,
    ComplaintStage,
    Digest,
)


class Complainant(msgspec.Struct, frozen=True):
    """Who complains (pengadu)."""

    name: str | None
    phone: str | None
    email: str | None
    address: str | None
    institution: str | None


class AnswerFace(msgspec.Struct, frozen=True):
    """What the complainant was told."""

    text: str | None
    document: Digest | None


class ComplaintFile(msgspec.Struct, frozen=True, kw_only=True):
    """`GET /v1/complaints/{id}`; words and persons are None to those without part."""

    complaint: UUID
    case: UUID | None
    version: int
    position: int
    recorded_at: datetime
    stage: ComplaintStage
    clocks: tuple[ClockFace, ...]
    agency: AgencyCode
    channel: ComplaintChannel
    category: str
    class_: ComplaintClass | None = msgspec.field(name="class")
    anonymous: bool
    confidential: bool
    about: str | None
    """An official's id, or words for whom or what it is about."""
    text: str | None
    complainant: Complainant | None
    """None where he stays unnamed, too."""
    answer: AnswerFace | None


def folded(entries: Sequence[Entry]) -> Complaint | None:
    """The complaint whose history this is; None where it is another's."""
    complaint: Complaint | None = None
    for entry in entries:
        if not isinstance(entry.event, events.COMPLAINT_EVENTS):
            return None
        complaint = evolve(complaint, entry.event, entry.by())
    return complaint


def complaint_file(
    complaint: Complaint,
    entries: Sequence[Entry],
    told: Mapping[Digest, bytes] | None,
    office: Office,
    now: datetime,
) -> ComplaintFile:
    """Put the file together; `told` is what was sealed, for who may know it."""
    last = entries[-1]
    opened = complaint.opened
    words = requester.Words()
    if told is not None and opened.words in told:
        words = requester.words(told[opened.words])
    return ComplaintFile(
        complaint=last.stream,
        case=opened.case,
        version=last.version,
        position=last.position,
        recorded_at=office.calendar.local(last.recorded_at),
        stage=complaint.stage,
        clocks=faces(complaint.clocks, office.standard.statute, office.calendar, now),
        agency=complaint.agency,
        channel=opened.channel,
        category=opened.category,
        class_=complaint.classified,
        anonymous=opened.anonymous,
        confidential=opened.confidential,
        about=None if told is None else opened.about or words.subject,
        text=words.text,
        complainant=_complainant(complaint, told or {}),
        answer=_answer(entries, told),
    )


def _complainant(
    complaint: Complaint, told: Mapping[Digest, bytes]
) -> Complainant | None:
    who = requester.identity_of(told, (complaint.opened, *complaint.corrections))
    if complaint.opened.anonymous or who is None:
        return None
    return Complainant(
        name=who.name,
        phone=who.phone,
        email=who.email,
        address=who.address,
        institution=who.institution,
    )


def _answer(
    entries: Sequence[Entry], told: Mapping[Digest, bytes] | None
) -> AnswerFace | None:
    if told is None:
        return None
    for entry in entries:
        if isinstance(entry.event, events.ComplaintAnswered):
            text = told.get(entry.event.text)
            return AnswerFace(
                text=None if text is None else text.decode(),
                document=entry.event.document,
            )
    return None
