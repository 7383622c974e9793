"""Refusals: one class a rule, named for the rule, with a stable code and its facts.

The code is the contract with clients. People's wording, Indonesian and English, is
made in `interfaces` from the code and the facts; tests read fields, never texts.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar

from domain.values import Capacity, Channel, Outcome, Requirement, Stage


class RuleBrokenError(Exception):
    """A rule of the office forbids the act; nothing was changed."""

    code: ClassVar[str]

    def facts(self) -> dict[str, object]:
        """What the rule looked at, for messages; never anything of a person."""
        return dict(vars(self))


class OutOfOrderError(RuleBrokenError):
    """The act is said to have happened before the case's last one."""

    code = "out-of-order"

    def __init__(self, occurred_at: datetime, not_before: datetime) -> None:
        self.occurred_at = occurred_at
        self.not_before = not_before


class WrongStageError(RuleBrokenError):
    """The case does not stand where the act is possible."""

    code = "wrong-stage"

    def __init__(self, stage: Stage, allowed: Iterable[str]) -> None:
        """`allowed` are stages, or words for one that the stage does not tell."""
        self.stage = stage
        self.allowed = tuple(allowed)


class NotReviewedError(WrongStageError):
    """A report goes to the head only after the liaison's review."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, ("received and reviewed",))


class AlreadyReviewedError(WrongStageError):
    """The liaison has reviewed this report."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, ("received and not yet reviewed",))


class WrongChannelError(RuleBrokenError):
    """The act belongs to another channel than the case's."""

    code = "wrong-channel"

    def __init__(self, channel: Channel, allowed: Iterable[Channel]) -> None:
        self.channel = channel
        self.allowed = tuple(allowed)


class ChannelClosedError(RuleBrokenError):
    """The agency's standard does not offer this channel."""

    code = "channel-closed"

    def __init__(self, channel: str) -> None:
        self.channel = channel


class RequirementNotMetError(RuleBrokenError):
    """What the standard asks of a visitor is not there."""

    code = "requirement-not-met"

    def __init__(self, missing: Iterable[Requirement]) -> None:
        self.missing = tuple(missing)


class DuplicateTrackingIdError(RuleBrokenError):
    """A report with this tracking id has been received."""

    code = "duplicate-tracking-id"


class NotAddressedToUsError(RuleBrokenError):
    """The SMS bears another region's prefix, or says nothing."""

    code = "not-addressed-to-us"


class UnknownOfficialError(RuleBrokenError):
    """The agency has no such official."""

    code = "unknown-official"

    def __init__(self, official: str) -> None:
        self.official = official


class UnknownLegalBasisError(RuleBrokenError):
    """The legal data hold no such ground."""

    code = "unknown-legal-basis"

    def __init__(self, legal_basis: str) -> None:
        self.legal_basis = legal_basis


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


class UnknownItemError(RuleBrokenError):
    """The request has no item of that number, or the answer names it twice."""

    code = "unknown-item"

    def __init__(self, items: Iterable[int]) -> None:
        self.items = tuple(items)


class DraftKindMismatchError(RuleBrokenError):
    """The items' outcomes do not fit the kind of letter."""

    code = "draft-kind-mismatch"

    def __init__(self, kind: str, outcomes: Iterable[Outcome]) -> None:
        self.kind = kind
        self.outcomes = tuple(outcomes)


class NotFinallyApprovedError(RuleBrokenError):
    """An answer leaves only after the final approval of its current version."""

    code = "not-finally-approved"


class WrongMeansError(RuleBrokenError):
    """The channel's answers do not go out this way."""

    code = "wrong-means"

    def __init__(self, how: str, allowed: Iterable[str]) -> None:
        self.how = how
        self.allowed = tuple(allowed)


class RefusalNeedsGroundsError(GroundsMissingError):
    """At the counter an item is refused with `refusal`, which names the grounds."""


class IdCardHeldError(RuleBrokenError):
    """A visit can't close while reception holds an identity card."""

    code = "id-card-held"


class IdCardNotTakenError(RuleBrokenError):
    """This agency has identity cards shown, and keeps none."""

    code = "id-card-not-taken"


class NoIdCardHeldError(RuleBrokenError):
    """Reception holds no identity card of this visit."""

    code = "no-id-card-held"


class TargetNotOverrunError(RuleBrokenError):
    """The target time has not run out, or the answer came within it."""

    code = "target-not-overrun"

    def __init__(self, due_at: datetime) -> None:
        self.due_at = due_at


class LapseTooEarlyError(RuleBrokenError):
    """A request lapses only after the day until which the requester may reply."""

    code = "lapse-too-early"

    def __init__(self, due_at: datetime | None) -> None:
        """`due_at` is none where nobody has asked for what is missing."""
        self.due_at = due_at


class ReplyByPassedError(RuleBrokenError):
    """The day until which the requester may reply is over already."""

    code = "reply-by-passed"

    def __init__(self, reply_by: date) -> None:
        self.reply_by = reply_by


class ExtensionUsedError(RuleBrokenError):
    """The Act gives one extension (UU 14/2008 art. 22(8))."""

    code = "extension-used"


class ExtensionTooLongError(RuleBrokenError):
    """The Act gives at most seven working days more."""

    code = "extension-too-long"

    def __init__(self, working_days: int, most: int) -> None:
        self.working_days = working_days
        self.most = most


class ExtensionTooLateError(RuleBrokenError):
    """A term is extended, and the requester told, before it has run out."""

    code = "extension-too-late"

    def __init__(self, due_at: datetime) -> None:
        self.due_at = due_at


class PauseEndsBeforeStartError(RuleBrokenError):
    """A pause has at least one day."""

    code = "pause-ends-before-start"

    def __init__(self, first: date, until: date) -> None:
        self.first = first
        self.until = until


class PauseBeforeReceiptError(RuleBrokenError):
    """A clock can't rest before it has started."""

    code = "pause-before-receipt"

    def __init__(self, first: date, received_on: date) -> None:
        self.first = first
        self.received_on = received_on


class AlreadyPausedError(RuleBrokenError):
    """The clocks rest on these days, or nobody has said until when they do."""

    code = "already-paused"


class NotPausedError(RuleBrokenError):
    """The clocks are running, and no pause lies before them."""

    code = "not-paused"


class SameAgencyError(RuleBrokenError):
    """A request is passed on to another body, not to oneself."""

    code = "same-agency"


class UnknownVersionError(RuleBrokenError):
    """A fact of an entry that is not there is to be corrected."""

    code = "unknown-version"

    def __init__(self, version: int, last: int) -> None:
        self.version = version
        self.last = last


class FactSupersededError(RuleBrokenError):
    """The fact was corrected before; the correction itself is what may be wrong."""

    code = "fact-superseded"

    def __init__(self, version: int, fact: str) -> None:
        """`version` is the correction that stands."""
        self.version = version
        self.fact = fact


class NoSuchFactError(RuleBrokenError):
    """That entry does not tell such a fact."""

    code = "no-such-fact"

    def __init__(self, version: int, fact: str) -> None:
        self.version = version
        self.fact = fact


class NothingToObjectToError(RuleBrokenError):
    """The case gives no such ground for an objection (UU 14/2008 art. 35(1))."""

    code = "no-such-ground"

    def __init__(self, ground: str) -> None:
        self.ground = ground


class ObjectionTooLateError(RuleBrokenError):
    """The time to object is over (UU 14/2008 art. 36(1))."""

    code = "objection-too-late"

    def __init__(self, due_at: datetime) -> None:
        self.due_at = due_at


class PowerOfAttorneyMissingError(RuleBrokenError):
    """A proxy needs a special power of attorney (Komisi Informasi 1/2021 art. 39)."""

    code = "power-of-attorney-missing"


class DeciderWasTierError(RuleBrokenError):
    """Who wrote or approved the answer does not decide on the objection to it."""

    code = "decider-was-tier"


class WrongObjectionStageError(RuleBrokenError):
    """The objection does not stand where the act is possible."""

    code = "wrong-stage"

    def __init__(self, stage: str, allowed: Iterable[str]) -> None:
        self.stage = stage
        self.allowed = tuple(allowed)


class WrongComplaintStageError(RuleBrokenError):
    """The complaint does not stand where the act is possible."""

    code = "wrong-stage"

    def __init__(self, stage: str, allowed: Iterable[str]) -> None:
        self.stage = stage
        self.allowed = tuple(allowed)


class ComplainedOfError(RuleBrokenError):
    """Nobody handles a complaint about himself."""

    code = "complained-of"


class ActNotNamedError(RuleBrokenError):
    """Who cites another Act's secrecy has to name that Act (UU 14/2008 art. 17 j)."""

    code = "act-not-named"

    def __init__(self, legal_basis: str) -> None:
        self.legal_basis = legal_basis
