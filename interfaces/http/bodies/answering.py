"""Bodies by which an answer is drafted, tested, approved, returned or refused."""

from datetime import date
from typing import Annotated

import msgspec
from typing_extensions import override

from domain import commands
from domain.values import Capacity, DraftKind
from interfaces.http.bodies.fields import (
    Body,
    Code,
    Codes,
    ItemNumber,
    LooseText,
    Numbers,
    Officials,
    OfficialSlug,
    SaidOfItems,
    Sha256,
    Text,
)
from interfaces.http.problems import RequestFaultError


class DraftBody(Body, frozen=True, kw_only=True):
    """A version of the answer (konsep)."""

    kind: DraftKind
    document: Sha256 | None
    text: LooseText | None = None
    items: SaidOfItems

    @override
    def documents(self) -> tuple[str, ...]:
        return () if self.document is None else (self.document,)

    @override
    def legal_bases(self) -> tuple[str, ...]:
        return tuple(code for item in self.items for code in item.legal_basis or ())

    @override
    def secrets(self) -> dict[str, bytes]:
        return {} if self.text is None else {"draft": self.text.encode()}

    def command(self, text: str | None) -> commands.Draft:
        return commands.Draft(
            kind=self.kind,
            items=tuple(item.value() for item in self.items),
            document=self.document,
            text=text,
        )


class ApprovalBody(Body, frozen=True, kw_only=True):
    """Initials, signature or approval; which one follows from the tier."""

    draft: ItemNumber
    capacity: Capacity
    for_: OfficialSlug | None = msgspec.field(default=None, name="for")
    """In whose stead; needed unless the capacity is `own`."""

    @override
    def officials(self) -> tuple[str, ...]:
        return () if self.for_ is None else (self.for_,)

    def command(self) -> commands.Approve:
        if (self.capacity is Capacity.OWN) is not (self.for_ is None):
            raise RequestFaultError(
                "invalid-body",
                pointer="/for",
                detail="goes with every capacity but own",
            )
        return commands.Approve(
            draft=self.draft, capacity=self.capacity, acting_for=self.for_
        )


class Correction(Body, frozen=True, kw_only=True):
    """A draft sent back (dikembalikan)."""

    draft: ItemNumber
    notes: Text

    def command(self) -> commands.ReturnForCorrection:
        return commands.ReturnForCorrection(draft=self.draft, notes=self.notes)


class Refusal(Body, frozen=True, kw_only=True):
    """A refusal said at the counter, with its grounds."""

    legal_basis: Codes
    reason: LooseText
    items: Numbers | None = None
    """All that are still open, unless said."""
    exempt_until: date | None = None

    @override
    def legal_bases(self) -> tuple[str, ...]:
        return self.legal_basis

    def command(self) -> commands.RefuseAtCounter:
        return commands.RefuseAtCounter(
            legal_basis=self.legal_basis,
            reason=self.reason,
            items=self.items or (),
            exempt_until=self.exempt_until,
        )


class ConsequenceTest(Body, frozen=True, kw_only=True):
    """What opening the items would do, weighed beforehand (uji konsekuensi)."""

    items: Numbers
    act: Code
    analysis: Text
    until: date | None = None
    participants: Annotated[Officials, msgspec.Meta(min_length=1)]
    document: Sha256 | None = None
    part: Text | None = None
    """Which part of the document is weighed (bagian yang dikecualikan)."""

    @override
    def officials(self) -> tuple[str, ...]:
        return self.participants

    @override
    def documents(self) -> tuple[str, ...]:
        return () if self.document is None else (self.document,)

    @override
    def legal_bases(self) -> tuple[str, ...]:
        return (self.act,)

    def command(self) -> commands.RecordConsequenceTest:
        return commands.RecordConsequenceTest(
            items=self.items,
            act=self.act,
            analysis=self.analysis,
            participants=self.participants,
            until=self.until,
            document=self.document,
            part=self.part,
        )
