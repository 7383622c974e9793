"""Letting a request go another way than by an answer."""

from uuid import UUID

from domain.commands.command import Command
from domain.values import AgencyCode, Digest


class Lapse(Command, frozen=True):
    """Let an incomplete request lapse, with notice (menggugurkan)."""

    notice: str


class Transfer(Command, frozen=True):
    """Pass the request on to the body that holds the information (melimpahkan)."""

    notice: str
    case: UUID
    """Its own, to which a case of ours points back."""
    to_agency: AgencyCode | None = None
    holder: str | None = None
    new_case: UUID | None = None
    """Drawn beforehand where one of ours opens it; the digests are sealed for it."""
    identity: Digest = ""
    words: Digest = ""


class Withdraw(Command, frozen=True):
    """The requester takes the request back (mencabut)."""

    how: str
    told: Digest | None = None


class Convert(Command, frozen=True):
    """Let a visit go on as a letter."""

    reason: str
    new_case: UUID
    """Drawn beforehand, as the digests below were sealed for it."""
    case: UUID
    """The visit's own, to which the letter points back."""
    identity: Digest = ""
    words: Digest = ""
