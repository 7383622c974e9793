"""Personal data under a key of its own for every person: AES-256-GCM, pure CPU.

What is sealed is bound to its person, record and field: moved anywhere else it does
not open. Destroying the person's key erases every copy of the ciphertext.
"""

import hashlib
import secrets
from collections.abc import Mapping
from typing import Final
from uuid import UUID

import msgspec

from application.cipher import Cipher, new_key
from application.keys import KeyEncryptionKey
from domain.values import Digest

_BOUND_TO_PERSON: Final = b"person"
_BOUND_TO_SECRET: Final = b"secret"


class PersonKey(msgspec.Struct, frozen=True):
    """A person's data key as the database holds it: wrapped."""

    person: UUID
    wrapped: bytes
    agency: str = ""
    """Where he was first; empty where nobody asked."""


class Likeness(msgspec.Struct, frozen=True):
    """A mark by which an agency finds a person again; see likeness.py."""

    agency: str
    kind: str
    hash: bytes


class SealedMore(msgspec.Struct, frozen=True, kw_only=True):
    """Further fields of a known person, ready to be written."""

    person: UUID
    record: UUID
    fields: Mapping[str, bytes]
    """Ciphertexts by the name under which they are kept."""
    digests: Mapping[str, Digest]
    """Of the ciphertexts, by the name the caller gave; these go into events."""
    likenesses: tuple[Likeness, ...] = ()
    unlike: tuple[str, ...] = ()
    """Kinds of his likenesses that hold no longer; `likenesses` take their place."""
    must_live: bool = False
    """Of somebody known already, who may be erased until this is written."""


class SealedPerson(SealedMore, frozen=True, kw_only=True):
    """A person who is new to us, with the first fields sealed."""

    agency: str
    wrapped_key: bytes


class Sealing:
    """Seals and opens under one key-encryption key; touches no database."""

    def __init__(self, kek: KeyEncryptionKey) -> None:
        self.kek = kek

    def seal_new(
        self, person: UUID, agency: str, record: UUID, fields: Mapping[str, bytes]
    ) -> SealedPerson:
        """Draw a key for a new person and seal the first fields under it."""
        key = new_key()
        sealed = _seal(key, person, record, fields)
        return SealedPerson(
            person=person,
            record=record,
            fields=sealed,
            digests=_digests(sealed),
            agency=agency,
            wrapped_key=self.kek.wrap(key, person_place(person)),
        )

    def seal_anew(
        self, key: PersonKey, record: UUID, fields: Mapping[str, bytes]
    ) -> SealedMore:
        """Seal the first fields of another record of a person whom we know.

        He must live: his erasure would not know of the record.
        """
        sealed = _seal(
            self._unwrap(key.person, key.wrapped), key.person, record, fields
        )
        return SealedMore(
            person=key.person,
            record=record,
            fields=sealed,
            digests=_digests(sealed),
            must_live=True,
        )

    def seal_under(
        self, key: PersonKey, record: UUID, fields: Mapping[str, bytes]
    ) -> SealedMore:
        """Seal further fields of a record under its person's key.

        Each is kept under `name/<random>`, for a field such as a draft's text comes
        again with every version; the digest in the event tells which is meant.
        """
        names = {f"{field}/{secrets.token_hex(8)}": field for field in fields}
        sealed = _seal(
            self._unwrap(key.person, key.wrapped),
            key.person,
            record,
            {name: fields[field] for name, field in names.items()},
        )
        return SealedMore(
            person=key.person,
            record=record,
            fields=sealed,
            digests={names[name]: digest(sealed[name]) for name in names},
        )

    def unseal(
        self,
        wrapped_key: bytes,
        person: UUID,
        record: UUID,
        field: str,
        ciphertext: bytes,
    ) -> bytes:
        """Open one field; `SealBrokenError` when it stood elsewhere or was changed.

        Only opening.py calls it, so that nothing is opened without leaving a reading.
        """
        key = Cipher(self._unwrap(person, wrapped_key))
        return key.open(ciphertext, _place(person, record, field))

    def wrapped_now(self, one: SealedPerson) -> bytes:
        """The person's key as the current generation wraps it."""
        return self.kek.rewrap(one.wrapped_key, person_place(one.person))

    def _unwrap(self, person: UUID, wrapped: bytes) -> bytes:
        return self.kek.unwrap(wrapped, person_place(person))


def _seal(
    key: bytes, person: UUID, record: UUID, fields: Mapping[str, bytes]
) -> dict[str, bytes]:
    cipher = Cipher(key)
    return {
        field: cipher.seal(content, _place(person, record, field))
        for field, content in fields.items()
    }


def _digests(sealed: Mapping[str, bytes]) -> dict[str, Digest]:
    return {field: digest(content) for field, content in sealed.items()}


def person_place(person: UUID) -> bytes:
    """What a person's key is bound to."""
    return _BOUND_TO_PERSON + person.bytes


def secret_place(name: str) -> bytes:
    """What a secret that the database keeps under a name is bound to."""
    return _BOUND_TO_SECRET + name.encode()


def _place(person: UUID, record: UUID, field: str) -> bytes:
    """Name the place; the ids have fixed lengths, so no two places read the same."""
    return person.bytes + record.bytes + field.encode()


def digest(ciphertext: bytes) -> Digest:
    """Say of a sealed field what an event may say."""
    return hashlib.sha256(ciphertext).hexdigest()
