"""Filing objections, deciding them, noting disputes (keberatan, sengketa)."""

from uuid import UUID

from domain.commands.command import Command
from domain.outcome import ItemOutcome
from domain.values import Digest, Filer, ObjectionGround, ObjectionRuling


class FileObjection(Command, frozen=True):
    """Take in an objection to the decision on a case (mengajukan keberatan)."""

    objection: UUID
    case: UUID
    ground: ObjectionGround
    facts: Digest
    filed_by: Filer
    power_of_attorney: Digest | None = None


class DecideObjection(Command, frozen=True):
    """Decide an objection as the PPID's superior."""

    case: UUID
    objection: UUID
    decision: ObjectionRuling
    reason: str
    items: tuple[ItemOutcome, ...] = ()
    letter_number: str | None = None


class NoteDispute(Command, frozen=True):
    """Say what the Information Commission does with the matter."""

    commission_number: str
    status: str
    result: str | None = None
