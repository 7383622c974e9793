"""Bodies by which requests come in; their channel tells them apart."""

from datetime import UTC, date
from typing import Annotated, Final, TypeAlias

import msgspec
from typing_extensions import override

from application.requester import Words
from domain import commands, events, sms
from domain.values import (
    Channel,
    LaporClass,
    LaporMedium,
    PersonId,
    Requirement,
    Role,
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
from interfaces.http.bodies.requester import Requester
from interfaces.http.problems import RequestFaultError

CARDS: Final = frozenset(
    {"ktp", "sim", "passport", "student_card", "employee_card", "other"}
)
"""Kinds of card that a fact may name; any other word could say too much."""


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

    @property
    def stays_unknown(self) -> bool:
        """Whether the reporter asked that nobody, or few, know who he is."""
        return self.lapor.anonymous or self.lapor.confidential

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
