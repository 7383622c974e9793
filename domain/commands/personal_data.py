"""Taking in, weighing and carrying out data subjects' requests; ending retention."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from domain.commands.command import Command
from domain.values import (
    DataRequestKind,
    Digest,
    Filer,
    HoldGround,
    LegalBasisCode,
    PersonId,
    RetentionChoice,
)


class ReceiveDataRequest(Command, frozen=True):
    """Take in what a person wishes of his own data (permohonan subjek data)."""

    person: PersonId
    kind: DataRequestKind
    asked_by: Filer
    how: str
    words: Digest | None = None
    power_of_attorney: Digest | None = None


class GrantDataRequest(Command, frozen=True):
    """Give way to it."""

    reason: str | None = None


class DeferDataRequest(Command, frozen=True):
    """Let an erasure wait for what the law lets run."""

    reason: str
    ground: HoldGround | None = None
    """A ground that no matter shows; it is named with its last day."""
    until: date | None = None


class RefuseDataRequest(Command, frozen=True):
    """Refuse it on a ground of the Act."""

    legal_basis: LegalBasisCode
    reason: str


class AnswerDataRequest(Command, frozen=True):
    """Hand the data over, or destroy the key to them, as was granted."""

    request: UUID
    how: str
    documents: Mapping[UUID, tuple[Digest, ...]] = msgspec.field(default_factory=dict)
    """What goes with an erasure, by the matter that names it."""


class CorrectPersonalData(Command, frozen=True):
    """Put right who asks, in every case of the person."""

    request: UUID
    how: str
    identities: Mapping[UUID, Digest]
    """Of what is sealed of the corrected fields, by case."""
    fields: tuple[str, ...]


class RestrictProcessing(Command, frozen=True):
    """Let nobody use the person's data."""

    request: UUID
    how: str


class LiftRestriction(Command, frozen=True):
    """Let them be used again."""

    request: UUID
    reason: str


class DecideRetention(Command, frozen=True):
    """Destroy the file of a case whose time is over, or keep it on."""

    decision: RetentionChoice
    reason: str
    until: date | None = None
    documents: Mapping[UUID, tuple[Digest, ...]] = msgspec.field(default_factory=dict)
