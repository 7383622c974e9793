"""Why the notary will not sign; an operator has to look."""

from typing import Final

BEGIN: Final = "begin another log with `disposisi notary begin --reason ...`"
"""What is left to whoever lost what was signed."""


class NotaryError(Exception):
    """The notary will not sign; `fault` says why."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class ShortLogError(NotaryError):
    """The database is older than the last checkpoint: a backup was restored, or cut.

    Nothing is signed on purpose: whoever holds that checkpoint would find another log.
    """

    def __init__(self, size: int, signed: int) -> None:
        super().__init__(
            f"the log is shorter than its last checkpoint: {size} entries of {signed};"
            " restore a backup that reaches the checkpoint, and keep the published"
            f" folder, which shows what is lost; where there is no such backup, {BEGIN}"
        )
        self.size = size
        self.signed = signed


class OtherLogError(NotaryError):
    """The database has grown to another log than the one that was signed."""

    def __init__(self) -> None:
        super().__init__(
            "the log does not continue its last checkpoint; where an older backup was"
            f" restored, {BEGIN}"
        )
