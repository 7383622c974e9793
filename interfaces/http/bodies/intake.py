"""Bodies by which requests, visits without a case, and complaints come in."""

from datetime import UTC, date
from typing import Annotated, Final, TypeAlias
from uuid import UUID

import msgspec
from typing_extensions import override

from application.requester import Identity, Words
from domain import commands, events, sms
from domain.values import (
    Channel,
    ComplaintChannel,
    LaporClass,
    LaporMedium,
    PersonId,
    Requirement,
    Role,
    VisitOutcome,
)
from interfaces.http.bodies.fields import (
    Body,
    Code,
    Instant,
    Items,
    Name,
    Text,
    utc,
)
from interfaces.http.problems import RequestFaultError

CARDS: Final = frozenset(
    {"ktp", "sim", "passport", "student_card", "employee_card", "other"}
)
"""Kinds of card that a fact may name; any other word could say too much."""


class ShownIdentity(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """The identity a visitor showed, and whether reception keeps it."""

    kind: Name
    deposited: bool = False


class Requester(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who asks, as far as it was told (pemohon)."""

    name: Name | None = None
    identity: ShownIdentity | None = None
    phone: Name | None = None
    email: Name | None = None
    address: Text | None = None
    institution: Name | None = None
    nik: Name | None = None

    def sealed(self) -> Identity:
        """What the people store keeps of him."""
        return Identity(
            name=self.name,
            phone=self.phone,
            email=self.email,
            address=self.address,
            institution=self.institution,
            nik=self.nik,
            kind=None if self.identity is None else self.identity.kind,
        )

    def brings(self) -> set[Requirement]:
        """Which requirements that meets."""
        told = {
            Requirement.NAME: self.name,
            Requirement.PHONE: self.phone,
            Requirement.ADDRESS: self.address,
            Requirement.IDENTITY_SHOWN: self.identity,
        }
        return {requirement for requirement, value in told.items() if value}


class Intake(Body, frozen=True, kw_only=True, tag_field="channel"):
    """What all three channels tell."""

    agency: Code
    requester: Requester
    subject: Text
    items: Items

    def words(self) -> Words:
        """The requester's own words, which are sealed."""
        return Words(subject=self.subject, items=self.items)


class Visit(Intake, frozen=True, kw_only=True, tag="face_to_face"):
    """A request at the counter (tatap muka)."""

    visit_purpose: Text | None = None

    @override
    def words(self) -> Words:
        return Words(
            subject=self.subject, items=self.items, visit_purpose=self.visit_purpose
        )

    def command(
        self, person: PersonId, identity: str, words: str
    ) -> commands.ReceiveAtCounter:
        shown = self.requester.identity
        card = None
        if shown is not None and shown.deposited:
            kind = shown.kind.strip().casefold()
            card = kind if kind in CARDS else "other"
        return commands.ReceiveAtCounter(
            person=person,
            identity=identity,
            words=words,
            items=len(self.items),
            has=frozenset(self.requester.brings()),
            id_card=card,
        )


Evidence: TypeAlias = Annotated[
    tuple[Requirement, ...], msgspec.Meta(max_length=len(Requirement))
]


class LetterFacts(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """What stands on a letter and in the incoming-mail book."""

    number: Name | None = None
    dated: date | None = msgspec.field(default=None, name="date")
    addressee: Role | None = None
    cc: Annotated[tuple[Role, ...], msgspec.Meta(max_length=len(Role))] | None = None
    agenda_number: Name | None = None
    evidence: Evidence | None = None
    received_by_regional_secretary_at: Instant | None = None


class Letter(Intake, frozen=True, kw_only=True, tag="letter"):
    """A request by letter (surat)."""

    letter: LetterFacts

    def command(
        self, person: PersonId, identity: str, words: str
    ) -> commands.ReceiveLetter:
        facts = self.letter
        brought = set(facts.evidence or ()) & {
            Requirement.IDENTITY_COPY,
            Requirement.INSTITUTION_IDENTITY,
        }
        return commands.ReceiveLetter(
            person=person,
            identity=identity,
            words=words,
            items=len(self.items),
            has=frozenset(self.requester.brings() | brought),
            letter=events.LetterReceipt(
                number=facts.number,
                dated=facts.dated,
                addressee=facts.addressee,
                cc=facts.cc or (),
                agenda_number=facts.agenda_number,
                received_by_regional_secretary_at=utc(
                    facts.received_by_regional_secretary_at
                ),
            ),
        )


class LaporFacts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What SP4N-LAPOR! shows of a report."""

    tracking_id: Name
    medium: LaporMedium
    submitted_at: Instant
    forwarded_at: Instant | None = None
    class_: LaporClass = msgspec.field(
        default=LaporClass.INFORMATION_REQUEST, name="class"
    )
    anonymous: bool = False
    confidential: bool = False


class Report(Intake, frozen=True, kw_only=True, tag="sp4n_lapor"):
    """A request through SP4N-LAPOR!."""

    lapor: LaporFacts

    def said_to(self, prefix: str) -> tuple[str, ...]:
        """The items; of an SMS what follows the region's prefix.

        Empty when an SMS is not addressed to us. Raises RequestFaultError where an SMS
        is not told as its one item.
        """
        if self.lapor.medium is not LaporMedium.SMS:
            return self.items
        if len(self.items) != 1:
            raise RequestFaultError(
                "invalid-body",
                pointer="/items",
                detail="an SMS is one item, as it was received",
            )
        said = [sms.addressed_to_us(item, prefix) for item in self.items]
        return tuple(item for item in said if item) if all(said) else ()

    def command(
        self, person: PersonId, identity: str, words: str, *, addressed_to_us: bool
    ) -> commands.ReceiveReport:
        lapor = self.lapor
        return commands.ReceiveReport(
            person=person,
            identity=identity,
            words=words,
            items=len(self.items),
            has=frozenset(self.requester.brings()),
            lapor=events.LaporReceipt(
                tracking_id=lapor.tracking_id,
                medium=lapor.medium,
                submitted_at=lapor.submitted_at.astimezone(UTC),
                forwarded_at=utc(lapor.forwarded_at),
                classified=lapor.class_,
                anonymous=lapor.anonymous,
                confidential=lapor.confidential,
            ),
            addressed_to_us=addressed_to_us,
        )


NewCase: TypeAlias = Visit | Letter | Report

CHANNELS: Final = {
    Visit: Channel.FACE_TO_FACE,
    Letter: Channel.LETTER,
    Report: Channel.SP4N_LAPOR,
}


class Visitor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody in the guest book."""

    name: Name
    institution: Name | None = None


class GuestBookEntry(Body, frozen=True, kw_only=True):
    """A visit that makes no case (buku tamu)."""

    agency: Code
    visitor: Visitor
    visit_purpose: Text
    outcome: VisitOutcome

    def identity(self) -> Identity:
        """Who came."""
        return Identity(name=self.visitor.name, institution=self.visitor.institution)

    def words(self) -> Words:
        """What for."""
        return Words(visit_purpose=self.visit_purpose)


class NewComplaint(Body, frozen=True, kw_only=True):
    """A complaint about the service (pengaduan)."""

    agency: Code
    channel: ComplaintChannel
    case: UUID | None = None
    about: Name | None = None
    """An official's id, or words for whom or what it is about."""
    category: Name
    anonymous: bool
    confidential: bool
    complainant: Requester | None = None
    text: Text
