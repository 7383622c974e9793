"""Finds a person again who has been at an agency before, without keeping who it is.

A likeness is HMAC-SHA-256 of a NIK, a telephone number or an e-mail address, under a
key of the agency's own. These come of one secret, which the database keeps wrapped by
the key-encryption key, so that it outlives rotations. A likeness is personal data:
it is written in the desk's transaction and goes when the person is erased.
"""

import hashlib
import hmac
import re
from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from psycopg import AsyncConnection
from psycopg.rows import class_row

from application import arrays, named_sql, opening, requester, upcasting
from application.cipher import KEY_BYTES, new_key
from application.discretion import discreet
from application.keys import KeyEncryptionKey
from application.people import People
from application.requester import IDENTITY, Identity
from application.sealing import Likeness, PersonKey, secret_place
from domain import nik
from domain.events import AnyEvent, Received
from domain.values import AgencyCode

_SQL = named_sql.load(__file__)
_ALIKE = _SQL["alike"]
_BEARERS = _SQL["bearers"]
_KEEP_SECRET = _SQL["keep_secret"]
_SECRET = _SQL["secret"]

_NAME: Final = "likeness"
_PURPOSE: Final = b"likenesses of "
_NO_DIGIT: Final = re.compile(r"[^0-9]+")
_BLANKS: Final = re.compile(r"\s+")
_FEWEST, _MOST = 8, 15
"""Digits of a telephone number with its country (E.164)."""

MOST_FOUND: Final = 200
"""Matters that one search tells; a telephone of many users is no way to find one."""
MOST_BEARERS: Final = 10
"""Persons of one NIK whose names are compared: more than a slip of the pen makes."""


class LikenessKind(StrEnum):
    """What two people have not in common; a telephone and an address they may."""

    NIK = "nik"
    PHONE = "phone"
    EMAIL = "email"


class Found(msgspec.Struct, frozen=True):
    """Somebody alike, and one of his matters."""

    person: UUID
    agency: AgencyCode
    matter: UUID
    registration_number: str | None
    """None where the matter is no case."""


class _Bearer(msgspec.Struct, frozen=True):
    person: UUID
    record: UUID
    wrapped_key: bytes


class Likenesses:
    """Marks persons and finds those who bear a mark."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._keys: dict[AgencyCode, bytes] = {}

    def of(self, agency: AgencyCode, identity: Identity) -> tuple[Likeness, ...]:
        """All marks of somebody; none for what has no usual form."""
        return tuple(
            self._mark(agency, kind, said) for kind, said in _normalised(identity)
        )

    async def alike(
        self,
        conn: AsyncConnection[Any],
        agencies: Collection[AgencyCode],
        identity: Identity,
    ) -> list[Found]:
        """Who in these agencies bears one of the marks; one for each of his matters.

        Newest first, and one more than MOST_FOUND where there are others.
        """
        marks = [mark for agency in agencies for mark in self.of(agency, identity)]
        if not marks:
            return []
        async with conn.cursor(binary=True) as cursor:
            with discreet():
                await cursor.execute(_ALIKE, _asked(marks, MOST_FOUND + 1))
            return [
                Found(person, agency, matter, _number(upcasting.decode(tag, state)))
                for person, agency, matter, tag, state in await cursor.fetchall()
            ]

    async def known(
        self,
        people: People,
        conn: AsyncConnection[Any],
        agency: AgencyCode,
        identity: Identity,
    ) -> PersonKey | None:
        """The key of him who gave this NIK and this name before; None where nobody did.

        A NIK alone may be mistyped, and would then give one person's data to another.
        """
        if identity.nik is None or identity.name is None:
            return None
        marks = self.of(agency, Identity(nik=identity.nik))
        if not marks:
            return None
        async with conn.cursor(binary=True, row_factory=class_row(_Bearer)) as cursor:
            with discreet():
                await cursor.execute(_BEARERS, _asked(marks, MOST_BEARERS))
            bearers = await cursor.fetchall()
        closed = await people.closed_of(conn, [one.record for one in bearers], IDENTITY)
        for field in closed:
            # Nobody reads it: it is compared, and tells yes or no.
            before = requester.identity(opening.field(people, field))
            if before.name is not None and _alike(before.name, identity.name):
                return PersonKey(field.person, field.wrapped_key, agency)
        return None

    def _mark(self, agency: AgencyCode, kind: LikenessKind, said: str) -> Likeness:
        key = self._keys.get(agency)
        if key is None:
            info = _PURPOSE + agency.encode()
            hkdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info)
            key = self._keys[agency] = hkdf.derive(self._secret)
        told = f"{kind}:{said}".encode()
        return Likeness(agency, kind, hmac.digest(key, told, hashlib.sha256))


async def load(conn: AsyncConnection[Any], kek: KeyEncryptionKey) -> Likenesses:
    """Take the secret that the database keeps; a new database is given one."""
    new = kek.wrap(new_key(), secret_place(_NAME))
    with discreet():
        await conn.execute(_KEEP_SECRET, {"name": _NAME, "wrapped_key": new})
        cursor = await conn.execute(_SECRET, {"name": _NAME})
    row = await cursor.fetchone()
    assert row is not None
    return Likenesses(kek.unwrap(row[0], secret_place(_NAME)))


def phone(said: str) -> str | None:
    """A telephone number as the whole world writes it; None for what is none.

    Without a country it is Indonesia's: 0812... is +62812...
    """
    digits = _NO_DIGIT.sub("", said)
    if digits.startswith("0") and not said.strip().startswith("+"):
        digits = "62" + digits.removeprefix("0")
    return f"+{digits}" if _FEWEST <= len(digits) <= _MOST else None


def email(said: str) -> str | None:
    """An e-mail address in small letters; None for what is none."""
    told = said.strip().casefold()
    name, at, host = told.rpartition("@")
    return told if name and at and "." in host and not _BLANKS.search(told) else None


def _normalised(identity: Identity) -> Iterator[tuple[LikenessKind, str]]:
    if identity.nik is not None and nik.is_nik(identity.nik):
        yield LikenessKind.NIK, nik.normalised(identity.nik)
    if identity.phone is not None and (number := phone(identity.phone)):
        yield LikenessKind.PHONE, number
    if identity.email is not None and (address := email(identity.email)):
        yield LikenessKind.EMAIL, address


def _number(first: AnyEvent) -> str | None:
    return first.registration_number if isinstance(first, Received) else None


def _alike(name: str, other: str) -> bool:
    """Whether two names are the same but for capitals, blanks and points."""
    return _letters(name) == _letters(other)


def _letters(name: str) -> str:
    return " ".join(name.replace(".", " ").casefold().split())


def _asked(marks: Collection[Likeness], limit: int) -> dict[str, object]:
    return {
        "limit": limit,
        "agency": arrays.texts([mark.agency for mark in marks]),
        "kind": arrays.texts([mark.kind for mark in marks]),
        "hash": arrays.byteas([mark.hash for mark in marks]),
    }
