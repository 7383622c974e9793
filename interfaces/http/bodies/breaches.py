"""Bodies of data breaches, and of what is told of them (UU 27/2022 art. 46)."""

from datetime import UTC, datetime
from typing import Annotated, TypeAlias
from uuid import UUID

import msgspec
from typing_extensions import override

from domain import commands
from domain.values import NoticeTo, PersonId
from interfaces.http.bodies.fields import (
    MOST,
    Body,
    Code,
    Instant,
    Name,
    OfficialSlug,
    Text,
)
from interfaces.http.problems import RequestFaultError

Ids: TypeAlias = Annotated[tuple[UUID, ...], msgspec.Meta(max_length=MOST)]


class Readings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose readings tell who is concerned: all that he was shown in that time."""

    official: OfficialSlug
    since: Instant = msgspec.field(name="from")
    until: Instant
    """Exclusive."""

    def span(self) -> tuple[datetime, datetime]:
        """From when to when, in UTC; 422 where nothing lies between."""
        if self.until <= self.since:
            raise RequestFaultError(
                "invalid-body", pointer="/readings/until", detail="not after from"
            )
        return self.since.astimezone(UTC), self.until.astimezone(UTC)


class NewBreach(Body, frozen=True, kw_only=True):
    """Personal data were not protected (pelanggaran data pribadi)."""

    agency: Code
    what: Text
    discovered_at: Instant
    data: Annotated[tuple[Name, ...], msgspec.Meta(min_length=1, max_length=MOST)]
    """Which data, by kind: name, phone, nik."""
    cases: Ids = ()
    persons: Ids = ()
    readings: Readings | None = None

    @override
    def officials(self) -> tuple[str, ...]:
        return () if self.readings is None else (self.readings.official,)

    def command(self, persons: tuple[PersonId, ...]) -> commands.RecordBreach:
        found = self.readings
        since, until = (None, None) if found is None else found.span()
        return commands.RecordBreach(
            what=self.what,
            discovered_at=self.discovered_at.astimezone(UTC),
            fields=tuple(dict.fromkeys(self.data)),
            persons=persons,
            cases=self.cases,
            read_by=None if found is None else found.official,
            read_from=since,
            read_until=until,
        )


class BreachNotice(Body, frozen=True, kw_only=True):
    """Who was told of it in writing."""

    told: Annotated[tuple[NoticeTo, ...], msgspec.Meta(min_length=1, max_length=3)]
    how: Name
    handling: Text
    """How it is handled and made good."""

    def command(self) -> commands.NotifyBreach:
        return commands.NotifyBreach(
            told=tuple(dict.fromkeys(self.told)),
            how=self.how,
            handling=self.handling,
        )


class BreachClosing(Body, frozen=True, kw_only=True):
    """Why nothing more is done."""

    reason: Text

    def command(self) -> commands.CloseBreach:
        return commands.CloseBreach(reason=self.reason)
