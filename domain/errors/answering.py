"""Rules of dispositions, drafts, grounds and tiers."""

from collections.abc import Iterable
from datetime import date

from domain.errors.rule import RuleBrokenError, WrongStageError
from domain.values import Capacity, Outcome, Stage


class NotReviewedError(WrongStageError):
    """A report goes to the head only after the liaison's review."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, ("received and reviewed",))


class AlreadyReviewedError(WrongStageError):
    """The liaison has reviewed this report."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, ("received and not yet reviewed",))


class NotAssignableError(RuleBrokenError):
    """The official holds no role in which a case may be answered."""

    code = "not-assignable"

    def __init__(self, official: str) -> None:
        self.official = official


class NotSubordinateError(RuleBrokenError):
    """A disposition goes downward: to an official of lower rank, in one's own unit."""

    code = "not-subordinate"

    def __init__(self, official: str) -> None:
        self.official = official


class MayNotDirectError(RuleBrokenError):
    """Direction at the counter comes from an official whom the standard names."""

    code = "may-not-direct"

    def __init__(self, official: str) -> None:
        self.official = official


class NotDisposedToYouError(RuleBrokenError):
    """Below the heads, one disposes only what was disposed to oneself."""

    code = "not-the-assigned-official"


class NotAddressedToYouError(RuleBrokenError):
    """The act is the agency head's, or his to whom the letter is addressed."""

    code = "not-the-assigned-official"


class NotTheAssignedOfficialError(RuleBrokenError):
    """The act is the assigned official's."""

    code = "not-the-assigned-official"


class NotTheNextTierError(RuleBrokenError):
    """Another tier is next, or the signature needs another capacity."""

    code = "not-the-next-tier"

    def __init__(self, tier: int, capacity: Capacity) -> None:
        self.tier = tier
        self.capacity = capacity


class NotTheStandInError(RuleBrokenError):
    """Another acts for the official on that day, or in another capacity."""

    code = "not-the-stand-in"

    def __init__(self, official: str, capacity: Capacity, day: date) -> None:
        """`official` is the absent one."""
        self.official = official
        self.capacity = capacity
        self.day = day


class ApproverIsDrafterError(RuleBrokenError):
    """Nobody approves a draft of his own, but for the signer's."""

    code = "approver-is-drafter"


class AlreadyApprovedError(RuleBrokenError):
    """In his own name one person approves a draft once, whatever roles he holds."""

    code = "already-approved"


class StaleDraftError(RuleBrokenError):
    """A newer version of the draft exists."""

    code = "stale-draft"

    def __init__(self, draft: int, current: int) -> None:
        self.draft = draft
        self.current = current


class GroundsMissingError(RuleBrokenError):
    """A refusal can't exist without a reason and a legal basis."""

    code = "grounds-missing"

    def __init__(self, items: Iterable[int]) -> None:
        self.items = tuple(items)


class ConsequenceTestMissingError(RuleBrokenError):
    """A refusal needs a consequence test before it, of every item it withholds."""

    code = "consequence-test-missing"

    def __init__(self, items: Iterable[int]) -> None:
        self.items = tuple(items)


class ItemWithoutOutcomeError(RuleBrokenError):
    """The answer says nothing of an item."""

    code = "item-without-outcome"

    def __init__(self, items: Iterable[int]) -> None:
        self.items = tuple(items)


class DraftKindMismatchError(RuleBrokenError):
    """The items' outcomes do not fit the kind of letter."""

    code = "draft-kind-mismatch"

    def __init__(self, kind: str, outcomes: Iterable[Outcome]) -> None:
        self.kind = kind
        self.outcomes = tuple(outcomes)


class ActNotNamedError(RuleBrokenError):
    """Who cites another Act's secrecy has to name that Act (UU 14/2008 art. 17 j)."""

    code = "act-not-named"

    def __init__(self, legal_basis: str) -> None:
        self.legal_basis = legal_basis
