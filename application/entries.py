"""What stands in the register: entries about to be made, made, and as stored."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec

from application import upcasting
from application.office.proofs import Proof
from domain.events import AnyEvent
from domain.facts import By
from domain.values import AgencyCode, OfficialId, Role


class Metadata(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Who recorded an event, in which capacity, by which rule, at whose call."""

    official: OfficialId | None = None
    """None when the program itself acted."""
    role: Role | None = None
    rule: str | None = None
    """The row of the authority table, or of the table of jobs, that allowed it."""
    operator: str | None = None
    """Who ran the job, as the operating system knows him; he is no official."""
    acting_for: OfficialId | None = None
    agency: AgencyCode | None = None
    request_id: str | None = None
    correlation: UUID | None = None
    """Common to all that one wish of the outside world brought about: the first's id.

    None where it brought about this event alone.
    """
    causation: UUID | None = None
    """The event that this one reacts to."""
    late_reason: str | None = None
    note: str | None = None
    proof: Proof | None = None
    """By what means the official proved who he is; older entries do not tell."""


class _Who(msgspec.Struct, frozen=True):
    official: OfficialId = ""


_read_metadata = msgspec.json.Decoder(Metadata).decode
_read_who = msgspec.json.Decoder(_Who).decode


class NewEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A fact about to be recorded; its version is one more than the last one read."""

    stream: UUID
    version: int
    event: AnyEvent
    event_id: UUID
    occurred_at: datetime
    recorded_at: datetime
    metadata: Metadata


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A recorded fact, its times in UTC."""

    position: int
    stream: UUID
    version: int
    event: AnyEvent
    event_id: UUID
    occurred_at: datetime
    recorded_at: datetime
    metadata: Metadata

    def by(self) -> By:
        """Who entered it, and when it happened."""
        return By(
            official=self.metadata.official or "",
            at=self.occurred_at,
            told_at=self.recorded_at,
        )


class Line(msgspec.Struct, frozen=True, gc=False):
    """An entry exactly as it is stored: what is hashed, and what a poison event is."""

    position: int
    stream: UUID
    version: int
    tag: str
    state: bytes
    event_id: UUID
    occurred_at: datetime
    recorded_at: datetime
    metadata: str

    def entry(self) -> Entry:
        """Decode it; raises what `upcasting.decode` raises."""
        return Entry(
            position=self.position,
            stream=self.stream,
            version=self.version,
            event=upcasting.decode(self.tag, self.state),
            event_id=self.event_id,
            occurred_at=self.occurred_at.astimezone(UTC),
            recorded_at=self.recorded_at.astimezone(UTC),
            metadata=_read_metadata(self.metadata),
        )


class Step(msgspec.Struct, frozen=True, gc=False):
    """One step of a history: as much of a line as a decision needs."""

    version: int
    tag: str
    state: bytes
    occurred_at: datetime
    recorded_at: datetime
    metadata: str

    def event(self) -> AnyEvent:
        """Decode it; raises what `upcasting.decode` raises."""
        return upcasting.decode(self.tag, self.state)

    def by(self) -> By:
        """Who entered it, and when it happened."""
        return By(
            official=_read_who(self.metadata).official,
            at=self.occurred_at,
            told_at=self.recorded_at,
        )
