"""Which log follows one that can't go on: a note that the old key and the new one sign.

Whoever trusts the old log's key can follow it to the new one, and sees how far both are
the same. What the old one covers beyond that is lost, unless its folder has it.
"""

import base64
from typing import Final, Self

import msgspec

from application.notary import checkpoint
from application.notary.checkpoint import Checkpoint
from application.notary.note import Note, NoteError, SigningKey, VerifierKey, sign

MOST_OF_REASON: Final = 200
"""Characters of a reason, which has one line."""
_MARK: Final = "/successor"


class Succession(msgspec.Struct, frozen=True, kw_only=True):
    """The end of one log and the beginning of another, under a name of its own."""

    last: Checkpoint
    """The largest that was signed of the log that ends."""
    kept: int
    """So many entries at least, from the first on, begin the new log as well."""
    key: VerifierKey
    """The new log's first."""
    reason: str

    @property
    def is_of_itself(self) -> bool:
        """Whether the log that begins bears the old name: it would be two truths."""
        return self.key.name == self.last.origin

    def text(self) -> str:
        """Say it in the lines that both sign; the first one is no log's name."""
        root = base64.b64encode(self.last.root).decode()
        lines = (f"{self.last.origin}/successor", self.last.size, root, self.kept)
        return "".join(f"{line}\n" for line in (*lines, self.key, self.reason))

    @classmethod
    def read(cls, text: str) -> Self:
        """Read those lines; raises NoteError."""
        match text.split("\n"):
            case [first, size, root, kept, key, reason, ""] if first.endswith(_MARK):
                last = Checkpoint(
                    first.removesuffix(_MARK),
                    checkpoint.number(size),
                    checkpoint.hash_of(root),
                )
                return cls(
                    last=last,
                    kept=checkpoint.number(kept),
                    key=VerifierKey.read(key),
                    reason=reason,
                )
            case _:
                raise NoteError("a succession has six lines")

    def signed(self, before: SigningKey, new: SigningKey) -> str:
        """Sign it with the old log's key, and with the new one as who has it."""
        return sign(self.text(), before, new)


def succeeded(signed: str, before: VerifierKey) -> Succession:
    """Read which log follows that of a key one trusts, or raise NoteError."""
    note = Note.read(signed)
    note.signed_by([before])
    told = Succession.read(note.text)
    note.signed_by([told.key])
    if told.last.origin != before.name or told.is_of_itself:
        raise NoteError("a succession of another log")
    return told


def following(name: str) -> str:
    """The name of the log that follows one of this name."""
    begin, _, n = name.rpartition("/")
    if begin and n.isascii() and n.isdecimal():
        return f"{begin}/{int(n) + 1}"
    return f"{name}/2"
