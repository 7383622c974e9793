"""Why the notary will not sign; an operator has to look."""

from enum import StrEnum
from typing import Final

LOOK: Final = (
    "tampering looks the same: first compare the checkpoints and copies of the log that"
    " are held elsewhere"
)
"""Before anything is given up: whoever cut the database wants just that."""
BEGIN: Final = "begin another log with `disposisi notary begin --reason ...`"
"""What is left to whoever lost what was signed."""


class Refusal(StrEnum):
    """What the notary finds wrong before it signs."""

    KEY_GONE = "the log has a key, and its file is gone: restore it"
    OTHER_KEY = "the key file is not the one whose key signs this log"
    OTHER_KEYS_KEPT = "the database holds other keys than were published"
    LAST_NOT_OURS = "the last checkpoint in the database is not ours"
    CHECKPOINT_NOT_OURS = "a checkpoint in the database is not the log's"
    ENTRIES_MISSING = "entries of the log are missing"
    ENTRIES_DIFFER = "entries of the log are not those published"
    ENTRIES_LEAD_ELSEWHERE = "the log's entries do not lead to its last checkpoint"
    TILES_DIFFER = "the log's tiles are not those of its entries"
    SUCCESSION_NOT_OURS = (
        "the database says that another log follows, and the old key has not signed it"
    )
    OLD_FOLDER_GONE = (
        "the database says that this log follows another, whose key is not at hand:"
        " put the old log's folder back beside this one"
    )
    PUBLISHED_TILES_DIFFER = "the published tiles are not those of their checkpoint"


class NotaryError(Exception):
    """The notary will not sign."""


class RefusedError(NotaryError):
    """It will not sign what it found; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


class ShortLogError(NotaryError):
    """The database is older than the last checkpoint: a backup was restored, or cut.

    Nothing is signed on purpose: whoever holds that checkpoint would find another log.
    """

    def __init__(self, size: int, signed: int) -> None:
        super().__init__(
            f"the log is shorter than its last checkpoint: {size} entries of {signed};"
            f" {LOOK}; then restore a backup that reaches the checkpoint, and keep the"
            " published folder, which shows what is lost; where there is no such"
            f" backup, {BEGIN}"
        )
        self.size = size
        self.signed = signed


class OtherLogError(NotaryError):
    """The database has grown to another log than the one that was signed."""

    def __init__(self) -> None:
        super().__init__(
            f"the log does not continue its last checkpoint; {LOOK}; where an older"
            f" backup was restored, {BEGIN}"
        )


class NotConfirmedError(NotaryError):
    """Another log would cover less than what was signed; nobody has agreed to that.

    `kept` entries at least are the same of `signed`; `lost` are given up.
    """

    def __init__(self, kept: int, signed: int) -> None:
        self.kept = kept
        self.signed = signed
        self.lost = signed - kept
        super().__init__(
            f"another log would be the same up to entry {kept} of {signed} only;"
            f" {LOOK}; whoever gives up {self.lost} entries says so with"
            f" --lost {self.lost}"
        )
