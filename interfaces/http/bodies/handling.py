"""Bodies by which a request finds who answers it."""

from datetime import UTC, date

import msgspec
from typing_extensions import override

from domain import commands
from domain.values import LaporClass, Secrecy, Urgency
from interfaces.http.bodies.fields import (
    Body,
    Instant,
    Name,
    Officials,
    OfficialSlug,
    Text,
    Texts,
)


class Direction(Body, frozen=True, kw_only=True):
    """Who will serve the visitor, and who said so (arahan)."""

    to: OfficialSlug
    directed_by: OfficialSlug

    @override
    def officials(self) -> tuple[str, ...]:
        return (self.to, self.directed_by)

    def command(self) -> commands.GiveDirection:
        return commands.GiveDirection(to=self.to, directed_by=self.directed_by)


class Review(Body, frozen=True, kw_only=True):
    """The liaison's review of a report (telaah)."""

    summary: Text
    class_: LaporClass = msgspec.field(name="class")

    @override
    def secrets(self) -> dict[str, bytes]:
        return {"summary": self.summary.encode()}


class Disposition(Body, frozen=True, kw_only=True):
    """The head's assignment (lembar disposisi)."""

    to: OfficialSlug
    others: Officials
    instructions: Texts
    urgency: Urgency
    secrecy: Secrecy
    respond_by: date | None = None

    @override
    def officials(self) -> tuple[str, ...]:
        return (self.to, *self.others)

    def command(self) -> commands.Dispose:
        return commands.Dispose(
            to=self.to,
            others=self.others,
            instructions=self.instructions,
            urgency=self.urgency,
            secrecy=self.secrecy,
            respond_by=self.respond_by,
        )


class LaporStatus(Body, frozen=True, kw_only=True):
    """A status that SP4N-LAPOR! shows."""

    status: Name
    at: Instant

    def command(self) -> commands.ImportLaporStatus:
        return commands.ImportLaporStatus(
            status=self.status, at=self.at.astimezone(UTC)
        )
