"""Bodies of objections and of the disputes that follow them (keberatan, sengketa)."""

from typing import Annotated
from uuid import UUID

import msgspec
from typing_extensions import override

from domain import commands
from domain.outcome import ItemOutcome
from domain.values import Digest, Filer, ObjectionGround, ObjectionRuling
from interfaces.http.bodies.delivering import OutcomeOfItem
from interfaces.http.bodies.fields import MOST, Body, Name, Sha256, Text, answerable


class NewObjection(Body, frozen=True, kw_only=True):
    """Somebody attacks the decision on a request (keberatan)."""

    case: UUID
    ground: ObjectionGround
    """The letters of UU 14/2008 art. 35(1)."""
    facts: Text
    """The statement of facts (kasus posisi), in the requester's words."""
    by: Filer
    power_of_attorney: Sha256 | None = None
    """The document by which a proxy may act (surat kuasa khusus)."""

    @override
    def documents(self) -> tuple[str, ...]:
        return () if self.power_of_attorney is None else (self.power_of_attorney,)

    def command(self, objection: UUID, facts: Digest) -> commands.FileObjection:
        return commands.FileObjection(
            objection=objection,
            case=self.case,
            ground=self.ground,
            facts=facts,
            filed_by=self.by,
            power_of_attorney=self.power_of_attorney,
        )


class Decision(Body, frozen=True, kw_only=True):
    """What the PPID's superior decides (tanggapan atasan PPID)."""

    decision: ObjectionRuling
    reason: Text
    items: (
        Annotated[tuple[OutcomeOfItem, ...], msgspec.Meta(max_length=MOST)] | None
    ) = None
    letter_number: Name | None = None

    def command(self, objection: UUID, case: UUID) -> commands.DecideObjection:
        return commands.DecideObjection(
            case=case,
            objection=objection,
            decision=self.decision,
            reason=self.reason,
            items=tuple(
                ItemOutcome(n=item.n, outcome=answerable(item.outcome))
                for item in self.items or ()
            ),
            letter_number=self.letter_number,
        )


class Dispute(Body, frozen=True, kw_only=True):
    """What the Information Commission does with the matter (sengketa informasi)."""

    commission_number: Name
    status: Name
    result: Text | None = None

    def command(self) -> commands.NoteDispute:
        return commands.NoteDispute(
            commission_number=self.commission_number,
            status=self.status,
            result=self.result,
        )
