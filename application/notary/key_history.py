"""The log's verifier keys, one after the other, each introduced by the one before.

Whoever has any of them from us by another way can follow the introductions to the later
ones, and needs nobody's word for it.
"""

from collections.abc import Sequence
from typing import Self

import msgspec

from application.notary.checkpoint import Checkpoint, Introduction, introduced
from application.notary.note import Note, NoteError, VerifierKey


class OlderKeyError(NoteError):
    """Signed rightly, with a key from before the first one that is trusted."""


class KeyHistory(msgspec.Struct, frozen=True):
    """Every key of a log, the present one last."""

    first: VerifierKey
    introductions: tuple[str, ...] = ()
    """Signed notes, of the second key and those after it."""

    @classmethod
    def read(cls, first: str, introductions: Sequence[str]) -> Self:
        """Read keys as they were published; raises NoteError for a broken chain."""
        history = cls(VerifierKey.read(first))
        for signed in introductions:
            history = history.followed_by(signed)
        return history

    def followed_by(self, introduction: str) -> Self:
        """Take in the next key, or raise NoteError."""
        introduced(introduction, self.present, self.count + 1)
        return type(self)(self.first, (*self.introductions, introduction))

    @property
    def count(self) -> int:
        """How many keys there have been; it is the number of the present one."""
        return 1 + len(self.introductions)

    @property
    def introduced(self) -> list[Introduction]:
        """What was said of the second key and those after it."""
        return [
            Introduction.read(Note.read(signed).text) for signed in self.introductions
        ]

    @property
    def keys(self) -> list[VerifierKey]:
        """All of them, the oldest first."""
        return [self.first, *(told.key for told in self.introduced)]

    @property
    def present(self) -> VerifierKey:
        """The one that signs now."""
        return self.keys[-1]

    def text(self) -> str:
        """One key a line, the oldest first, as it is published."""
        return "".join(f"{key}\n" for key in self.keys)

    def believed(self, signed: str, since: int = 0) -> Checkpoint:
        """Read a checkpoint of this log, or raise NoteError.

        A key is believed only up to the size at which the next one took over. Whoever
        trusts the key after `since` others believes that one and those after it: what
        only an earlier one has signed raises OlderKeyError.
        """
        note = Note.read(signed)
        told = Checkpoint.read(note.text)
        if told.origin != self.first.name:
            raise NoteError("a checkpoint of another log")
        ends = [each.size for each in self.introduced]
        keys = self.keys
        able = [key for key, end in zip(keys, ends, strict=False) if told.size <= end]
        signer = note.signed_by([*able, keys[-1]])
        if keys.index(signer) < since:
            raise OlderKeyError("signed before the first key that is trusted")
        return told
