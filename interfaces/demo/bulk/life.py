"""A life: all that came of one plan, act by act, as the desk would have recorded it."""

from datetime import datetime
from typing import TypeAlias
from uuid import UUID

import msgspec

from application.entries import NewEntry
from domain import events
from domain.values import AgencyCode, Digest

NumberSeries: TypeAlias = tuple[AgencyCode, int]
"""Whose numbers, of which local year."""


class Secret(msgspec.Struct, frozen=True):
    """Words that an act put down for one who may know; they are not yet sealed."""

    person: UUID
    record: UUID
    field: str
    clear: bytes
    digest: Digest
    """Stands in the events for that of the ciphertext."""
    comes_again: bool
    """Whether the record may have several of the field, each under its own name."""


class Act(msgspec.Struct, frozen=True):
    """What one command entered in one transaction."""

    entries: tuple[NewEntry, ...]
    secrets: tuple[Secret, ...]
    person: tuple[UUID, AgencyCode] | None
    """Somebody whom the office meets for the first time, and where."""
    numbers: tuple[tuple[str, UUID, NumberSeries], ...]
    """Registration numbers taken, each with its case and its series."""
    report: tuple[str, UUID] | None
    """The tracking id taken, with its case."""

    @property
    def recorded_at(self) -> datetime:
        """When it was entered."""
        return self.entries[0].recorded_at


class Life(msgspec.Struct, frozen=True):
    """The acts in the order in which they were entered."""

    acts: tuple[Act, ...]

    @property
    def cases(self) -> int:
        """How many it opened: none for a mere visit, two where one was passed on."""
        return sum(
            isinstance(entry.event, events.Received)
            for act in self.acts
            for entry in act.entries
        )
