"""Checkpoints, proofs and introductions of keys: the texts of C2SP that are handed out.

A checkpoint says which tree the log has at a size. Whoever keeps one can have it proved
later that everything it covered is still there, unchanged and in the same order.
"""

import base64
import binascii
from collections.abc import Iterable, Sequence
from typing import Final, Self

import msgspec

from application.notary.note import Note, NoteError, SigningKey, VerifierKey, sign
from application.notary.tree import HASH

_MOST_DIGITS: Final = 19
"""Of a size or an index, which are 63 bits wide here."""
_PROOF: Final = "c2sp.org/tlog-proof@v1"


class Checkpoint(msgspec.Struct, frozen=True):
    """The root of the log at a size (tlog-checkpoint)."""

    origin: str
    """Names the log, and so the installation."""
    size: int
    root: bytes

    def text(self) -> str:
        """Say it in the lines that are signed."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"

    @classmethod
    def read(cls, text: str) -> Self:
        """Read those lines; raises NoteError. Whatever else stands below is ignored."""
        match text.split("\n"):
            case [origin, size, root, *_, ""] if origin:
                return cls(origin, number(size), hash_of(root))
            case _:
                raise NoteError("a checkpoint has three lines")

    def signed(self, key: SigningKey) -> str:
        """Sign it; the key bears the log's name."""
        return sign(self.text(), key)


class SignedCheckpoint(msgspec.Struct, frozen=True):
    """A checkpoint with the note that says it, letter by letter."""

    told: Checkpoint
    note: str


def believed(signed: str, keys: Iterable[VerifierKey]) -> Checkpoint:
    """Read a checkpoint that one of these keys has signed, or raise NoteError."""
    note = Note.read(signed)
    signer = note.signed_by(keys)
    told = Checkpoint.read(note.text)
    if told.origin != signer.name:
        raise NoteError("a checkpoint of another log")
    return told


class Proof(msgspec.Struct, frozen=True):
    """That an entry is in the log, with the checkpoint that says so (tlog-proof)."""

    index: int
    hashes: Sequence[bytes]
    checkpoint: str
    """The signed note, letter by letter."""

    def text(self) -> str:
        """Write it as a file `.tlog-proof`."""
        lines = [_PROOF, f"index {self.index}", *map(_base64, self.hashes), ""]
        return "\n".join(lines) + "\n" + self.checkpoint

    @classmethod
    def read(cls, text: str) -> Self:
        """Read such a file; raises NoteError. Nothing is checked yet."""
        head, _, checkpoint = text.partition("\n\n")
        mark, *lines = head.split("\n")
        if lines and lines[0].startswith("extra "):
            lines = lines[1:]
        if mark != _PROOF or not lines or not lines[0].startswith("index "):
            raise NoteError("this is no proof of a log")
        index = number(lines[0].removeprefix("index "))
        return cls(index, tuple(map(hash_of, lines[1:])), checkpoint)


class Introduction(msgspec.Struct, frozen=True):
    """A new key of the log, introduced by the one that signed before it.

    Its first line is not the log's name, so that nobody takes it for a checkpoint.
    """

    origin: str
    n: int
    """The key's number; the log's first one, which nobody introduced, is 1."""
    key: VerifierKey
    size: int
    """The largest tree that the key before has signed. What it signs of a larger one
    is not believed any more."""

    def text(self) -> str:
        """Say it in the lines that both keys sign."""
        return f"{self.origin}/keys/{self.n}\n{self.key}\n{self.size}\n"

    @classmethod
    def read(cls, text: str) -> Self:
        """Read those lines; raises NoteError."""
        match text.split("\n"):
            case [first, key, size, ""]:
                origin, _, n = first.rpartition("/keys/")
                return cls(origin, number(n), VerifierKey.read(key), number(size))
            case _:
                raise NoteError("an introduction has three lines")

    def signed(self, before: SigningKey, new: SigningKey) -> str:
        """Sign it with the key before, and with the new one as who has it."""
        return sign(self.text(), before, new)


def introduced(signed: str, before: VerifierKey, n: int) -> Introduction:
    """Read how key `n` was introduced by the one before, or raise NoteError."""
    note = Note.read(signed)
    note.signed_by([before])
    told = Introduction.read(note.text)
    note.signed_by([told.key])
    if (told.origin, told.key.name, told.n) != (before.name, before.name, n):
        raise NoteError("an introduction of another log, or out of turn")
    return told


def number(text: str) -> int:
    """Read a number without a sign or zeros in front; raises NoteError."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
    if not is_number or str(int(text)) != text:
        raise NoteError("this is no number")
    return int(text)


def hash_of(text: str) -> bytes:
    """Read a hash in base64; raises NoteError."""
    try:
        read = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteError("this is no base64") from None
    if len(read) != HASH:
        raise NoteError("a hash has 32 bytes")
    return read


def _base64(hashed: bytes) -> str:
    return base64.b64encode(hashed).decode()
