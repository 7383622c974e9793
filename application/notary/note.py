"""Signed notes and keys as C2SP signed-note has them; Ed25519 only.

A verifier key is one line, `name+id+key`, that anybody may have; the signing key has
the form that Go's note package gives it.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable
from typing import Final, Self

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from typing_extensions import override

_ED25519: Final = b"\x01"
_KEY_BYTES: Final = 32
_ID_BYTES: Final = 4
_DASH: Final = "\N{EM DASH} "
_MOST_SIGNATURES: Final = 100


class NoteError(ValueError):
    """This is no signed note, no key, or nobody signed it whom we know."""


class VerifierKey(msgspec.Struct, frozen=True):
    """What checks a signature; it may be known to everybody."""

    name: str
    public: bytes

    @classmethod
    def read(cls, text: str) -> Self:
        """Read `name+id+key`; raises NoteError."""
        name, _, rest = text.strip().partition("+")
        said, _, key = rest.partition("+")
        decoded = _decoded(key)
        read = cls(must_be_name(name), decoded[1:])
        if decoded[:1] != _ED25519 or len(read.public) != _KEY_BYTES:
            raise NoteError("a verifier key is an Ed25519 key")
        if read.id.hex() != said:
            raise NoteError("the id of a verifier key is that of another one")
        return read

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        whole = self.name.encode() + b"\n" + _ED25519 + self.public
        return hashlib.sha256(whole).digest()[:_ID_BYTES]

    @override
    def __str__(self) -> str:
        key = base64.b64encode(_ED25519 + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{key}"

    def has_signed(self, text: str, signature: bytes) -> bool:
        """Whether the signature is this key's."""
        key = Ed25519PublicKey.from_public_bytes(self.public)
        try:
            key.verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


class SigningKey:
    """Signs notes; it is in a file outside the database and nowhere else."""

    __slots__ = ("_private", "verifier")

    def __init__(self, name: str, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        public = self._private.public_key().public_bytes_raw()
        self.verifier = VerifierKey(must_be_name(name), public)

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `secret` wrote; raises NoteError, which says nothing of the key."""
        match text.strip().split("+", 4):
            case ["PRIVATE", "KEY", name, said, key]:
                seed = _decoded(key)
                if seed[:1] == _ED25519 and len(seed) == 1 + _KEY_BYTES:
                    read = cls(name, seed[1:])
                    if read.verifier.id.hex() == said:
                        return read
            case _:
                pass
        raise NoteError("this is no signing key of Ed25519")

    def secret(self) -> str:
        """Write the key down, for its file alone."""
        whole = base64.b64encode(_ED25519 + self._private.private_bytes_raw()).decode()
        return f"PRIVATE+KEY+{self.verifier.name}+{self.verifier.id.hex()}+{whole}"

    def signature_line(self, text: str) -> str:
        """Sign a text; answers the line that stands below it."""
        key = self.verifier
        return Signature(key.name, key.id, self._private.sign(text.encode())).line()


class Signature(msgspec.Struct, frozen=True):
    """One line below a note's text."""

    name: str
    id: bytes
    bytes: bytes

    def line(self) -> str:
        """Write it as it stands below a note's text."""
        signed = base64.b64encode(self.id + self.bytes).decode()
        return f"{_DASH}{self.name} {signed}\n"


class Note(msgspec.Struct, frozen=True):
    """A text, which ends with its line, and who says to have signed it."""

    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def read(cls, signed: str) -> Self:
        """Take a signed note apart; raises NoteError. Believe nothing of it yet."""
        text, blank, lines = signed.rpartition("\n\n")
        if not blank or not lines.endswith("\n") or _has_control(signed):
            raise NoteError("a note is a text, an empty line and signatures")
        told = lines.removesuffix("\n").split("\n")
        if len(told) > _MOST_SIGNATURES:
            raise NoteError("too many signatures")
        return cls(text + "\n", tuple(_signature(line) for line in told))

    def written(self) -> str:
        """Write it down in the one way in which we do."""
        return f"{self.text}\n" + "".join(each.line() for each in self.signatures)

    def signed_by(self, keys: Iterable[VerifierKey]) -> VerifierKey:
        """Tell which of these keys signed it, or raise NoteError.

        One bad signature of a key that is known makes the whole note bad.
        """
        known = {(key.name, key.id): key for key in keys}
        signers = []
        for each in self.signatures:
            if (key := known.get((each.name, each.id))) is not None:
                if not key.has_signed(self.text, each.bytes):
                    raise NoteError("the signature of a known key is not its own")
                signers.append(key)
        if not signers:
            raise NoteError("nobody whom we know has signed it")
        return signers[0]


def sign(text: str, *keys: SigningKey) -> str:
    """Make a signed note of a text that ends with its line."""
    if not text.endswith("\n"):
        raise NoteError("a note's text ends with its line")
    return text + "\n" + "".join(key.signature_line(text) for key in keys)


def must_be_name(name: str) -> str:
    """Answer a key's name, or raise NoteError: no spaces, no plus, not nothing."""
    if not name or "+" in name or any(c.isspace() for c in name) or _has_control(name):
        raise NoteError("the name of a key has no space and no plus")
    return name


def _has_control(text: str) -> bool:
    return any(character < " " and character != "\n" for character in text)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteError("this is no base64") from None


def _signature(line: str) -> Signature:
    name, _, signed = line.removeprefix(_DASH).partition(" ")
    decoded = _decoded(signed)
    if not line.startswith(_DASH) or len(decoded) <= _ID_BYTES:
        raise NoteError("a line below a note is no signature")
    return Signature(must_be_name(name), decoded[:_ID_BYTES], decoded[_ID_BYTES:])
