"""Taking requests in, visits that make none, and what was missing."""

from datetime import date

from domain.commands.command import Command
from domain.events import LaporReceipt, LetterReceipt
from domain.values import Digest, PersonId, Requirement, VisitOutcome


class Receive(Command, frozen=True):
    """Take a request in; the parts every channel has."""

    person: PersonId
    identity: Digest
    words: Digest
    items: int
    has: frozenset[Requirement]


class ReceiveAtCounter(Receive, frozen=True):
    """A visitor asks face to face and shows or leaves an identity card."""

    id_card: str | None = None
    """Kind of the card left at reception; none when it was only shown."""


class ReceiveLetter(Receive, frozen=True):
    """A letter came in (surat masuk)."""

    letter: LetterReceipt


class ReceiveReport(Receive, frozen=True):
    """The liaison found a request in SP4N-LAPOR!."""

    lapor: LaporReceipt
    addressed_to_us: bool = True
    """Whether an SMS bore the region's prefix and said something."""


class RequestCompletion(Command, frozen=True):
    """Ask the requester for what is missing."""

    missing: tuple[Requirement, ...]
    reply_by: date
    medium: str


class ReceiveCompletion(Command, frozen=True):
    """Take in what was missing."""

    received: frozenset[Requirement]
    identity: Digest | None = None


class NoteVisit(Command, frozen=True):
    """Enter a visit without a case in the guest book."""

    outcome: VisitOutcome
    person: PersonId
    words: Digest
