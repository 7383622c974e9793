"""Why the desk did not do it; codes as in the contract.

Nothing was changed, unless it is an `InDoubtError`.
"""


class DeskError(Exception):
    """The desk did not do it, or can't tell whether it did."""

    code = ""


class UnknownCaseError(DeskError):
    """No case has that id; `named_in_body` where a body names it."""

    code = "unknown-case"

    def __init__(self, *, named_in_body: bool = False) -> None:
        self.named_in_body = named_in_body


class ForbiddenError(DeskError):
    """No row of the authority table allows it."""

    code = "forbidden"


class PersonalDataInTextError(DeskError):
    """A text names whom the act concerns, though it can never be erased.

    Which one it is of the errand's free texts, counted from 0; never what it says.
    """

    code = "personal-data-in-text"

    def __init__(self, nth: int) -> None:
        self.nth = nth


class UnreadableError(DeskError):
    """Whom the act concerns can't be opened, so no text is compared with him."""

    code = "sealed-unreadable"


class UnknownDocumentError(DeskError):
    """The case's agency keeps no such document; the body names it."""

    code = "unknown-document"


class StaleVersionError(DeskError):
    """The case has moved on since the version that was looked at."""

    code = "version-stale"

    def __init__(self, expected: int, actual: int) -> None:
        self.expected = expected
        self.actual = actual


class KeyReusedError(DeskError):
    """The idempotency key was used for another body."""

    code = "idempotency-key-reused"


class OverloadedError(DeskError):
    """Too much waits, or the database is away; nothing was recorded, try again."""

    code = "overloaded"


class MattersMovedError(OverloadedError):
    """Something came in between that touches the data decided about; look again."""


class InDoubtError(DeskError):
    """The database went away during the commit: it may have been recorded.

    The same request with the same idempotency key tells, once the database is back.
    """

    code = "in-doubt"


class UnknownMatterError(DeskError):
    """There is no such complaint or objection."""

    code = "not-found"
