"""Taking complaints in and handling them (pengaduan)."""

from uuid import UUID

from domain.commands.command import Command
from domain.values import ComplaintChannel, ComplaintClass, Digest, OfficialId, PersonId


class Complain(Command, frozen=True):
    """Take in a complaint about the service (menerima pengaduan)."""

    complaint: UUID
    channel: ComplaintChannel
    category: str
    anonymous: bool
    confidential: bool
    words: Digest
    person: PersonId
    case: UUID | None = None
    about: OfficialId | None = None
    identity: Digest | None = None


class ClassifyComplaint(Command, frozen=True):
    """Sort a complaint (mengklasifikasi)."""

    classified: ComplaintClass


class FollowUpComplaint(Command, frozen=True):
    """Say what was done about a complaint (menindaklanjuti)."""

    action: str


class AnswerComplaint(Command, frozen=True):
    """Answer a complaint."""

    text: Digest
    document: Digest | None = None


class CloseComplaint(Command, frozen=True):
    """Nothing more is done about a complaint."""

    reason: str
