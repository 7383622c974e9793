"""What lies in a case's file: the draft and its initials, the card, corrections."""

from datetime import date, datetime

import msgspec

from domain import events
from domain.outcome import ItemOutcome
from domain.values import CorrectableFact, Digest, DraftKind, OfficialId, Role


class Approval(msgspec.Struct, frozen=True):
    """A tier's initials or signature on the current draft."""

    by: OfficialId
    event: events.Approved
    at: datetime
    version: int = 0
    """Of the entry that tells it."""


class Draft(msgspec.Struct, frozen=True):
    """The latest version of the answer and how far it has climbed."""

    n: int
    kind: DraftKind
    by: OfficialId
    unit: str | None
    """The drafter's unit when he wrote it: its superiors are the tiers."""
    items: tuple[ItemOutcome, ...]
    tiers: tuple[tuple[Role, ...], ...]
    document: Digest | None = None
    approvals: tuple[Approval, ...] = ()

    @property
    def next_tier(self) -> int:
        """Number of the tier whose turn it is, from 1."""
        return len(self.approvals) + 1

    @property
    def final(self) -> bool:
        """Whether the signer has signed."""
        return len(self.approvals) == len(self.tiers)


class IdCard(msgspec.Struct, frozen=True):
    """Custody of a visitor's identity card."""

    deposited_at: datetime
    returned_at: datetime | None = None
    deposited_in: int = 0
    """The version that tells it; so for the return."""
    returned_in: int = 0


class Correction(msgspec.Struct, frozen=True):
    """What a correction is about."""

    version: int
    """Its own."""
    of: int
    """The version that first told the fact."""
    fact: CorrectableFact


class Exemption(msgspec.Struct, frozen=True):
    """An item that is exempt, and for how long."""

    n: int
    until: date | None = None
    """The last day of it; None where none was told."""
