"""Rules of extensions, pauses and corrections."""

from datetime import date, datetime

from domain.errors.rule import RuleBrokenError


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
