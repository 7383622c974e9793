"""Rules of the counter, the letter box and SP4N-LAPOR!."""

from collections.abc import Iterable
from datetime import date

from domain.errors.rule import RuleBrokenError
from domain.values import Requirement


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


class IdCardNotTakenError(RuleBrokenError):
    """This agency has identity cards shown, and keeps none."""

    code = "id-card-not-taken"


class ReplyByPassedError(RuleBrokenError):
    """The day until which the requester may reply is over already."""

    code = "reply-by-passed"

    def __init__(self, reply_by: date) -> None:
        self.reply_by = reply_by
