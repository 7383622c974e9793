"""Letters, attachments and answers by SHA-256, sealed at rest, each in its agency.

The digest is of the clear bytes, so that a copy in hand can be checked against the
register; the bytes and the file name are sealed under a key of the document's own.
"""

import asyncio
import hashlib
from collections.abc import Collection
from typing import Any, Final

import msgspec
from psycopg import AsyncConnection
from psycopg.rows import class_row, scalar_row

from application import key_generations, named_sql
from application.cipher import Cipher, new_key
from application.discretion import StoreRefusedError, discreet
from application.keys import KeyEncryptionKey
from domain.values import AgencyCode, Digest, OfficialId

_SQL = named_sql.load(__file__)
_INSERT = _SQL["insert"]
_STORED = _SQL["stored"]
_FETCH = _SQL["fetch"]
_KNOWN = _SQL["known"]
_MAKE_ROOM = _SQL["make_room"]
_TRIES: Final = 3
"""To keep a document whose like is being erased at the same moment."""
_BOUND_TO_DOCUMENT: Final = b"document"
_NAME: Final = b"name"
_CONTENT: Final = b"content"


class DocumentErasedError(Exception):
    """The document was here, and was erased with the person it was about."""


class Stored(msgspec.Struct, frozen=True):
    """A document as its uploader is told of it."""

    sha256: Digest
    size: int
    type: str


class Document(msgspec.Struct, frozen=True):
    """A document with its bytes, opened."""

    sha256: Digest
    type: str
    name: str
    content: bytes


class _Sealed(msgspec.Struct, frozen=True):
    size: int
    type: str
    wrapped_key: bytes
    name: bytes
    content: bytes
    erased: bool = False


class SealedDocument(msgspec.Struct, frozen=True):
    """A document as it is kept; nothing of it is legible."""

    agency: AgencyCode
    sha256: bytes
    sealed: _Sealed


class _Kept(msgspec.Struct, frozen=True):
    size: int
    type: str


class Documents:
    """Keeps documents; hashing and sealing of large ones leave the event loop free."""

    def __init__(self, kek: KeyEncryptionKey) -> None:
        self._kek = kek

    async def store(
        self,
        conn: AsyncConnection[Any],
        agency: AgencyCode,
        official: OfficialId,
        *,
        content: bytes,
        type_: str,
        name: str,
    ) -> Stored:
        """Keep a document of the agency; the same bytes again change nothing.

        Whoever brings them again is told the type under which they were first kept.
        """
        sha256, sealed = await asyncio.to_thread(
            self._seal, agency, content, type_, name
        )
        async with conn.cursor(binary=True, row_factory=class_row(_Kept)) as cursor:
            place = {"sha256": sha256, "agency": agency}
            new = msgspec.structs.asdict(sealed) | {"uploader": official}
            for _ in range(_TRIES):
                try:
                    with discreet():
                        await cursor.execute(_INSERT, new | place)
                except StoreRefusedError as refusal:
                    if refusal.constraint != key_generations.OLDER_KEY:
                        raise
                    await key_generations.follow(conn, self._kek)
                    new["wrapped_key"] = self._kek.rewrap(
                        sealed.wrapped_key, document_place(agency, sha256)
                    )
                    continue
                with discreet():
                    await cursor.execute(_STORED, place)
                    if kept := await cursor.fetchone():
                        return Stored(
                            sha256=sha256.hex(), size=kept.size, type=kept.type
                        )
                    # The same bytes once belonged to somebody who is erased.
                    await cursor.execute(_MAKE_ROOM, place)
        raise DocumentErasedError

    async def find(
        self, conn: AsyncConnection[Any], agency: AgencyCode, sha256: Digest
    ) -> SealedDocument | None:
        """Find a document of the agency; None when the agency has no such one.

        Raises `DocumentErasedError` when it was erased.
        """
        digest = _bytes_of(sha256)
        async with conn.cursor(binary=True, row_factory=class_row(_Sealed)) as cursor:
            with discreet():
                await cursor.execute(_FETCH, {"sha256": digest, "agency": agency})
            sealed = await cursor.fetchone()
        if sealed is None:
            return None
        if sealed.erased:
            raise DocumentErasedError
        return SealedDocument(agency, digest, sealed)

    async def unseal(self, found: SealedDocument) -> Document:
        """Open a document; `SealBrokenError` when the stored bytes were changed.

        Only opening.py calls it, so that nothing is opened without leaving a reading.
        """
        return await asyncio.to_thread(
            self._open, found.agency, found.sha256, found.sealed
        )

    async def known(
        self,
        conn: AsyncConnection[Any],
        agency: AgencyCode,
        sha256s: Collection[Digest],
    ) -> set[Digest]:
        """Tell which of the digests are documents of the agency."""
        async with conn.cursor(binary=True, row_factory=scalar_row) as cursor:
            with discreet():
                await cursor.execute(
                    _KNOWN,
                    {"agency": agency, "sha256s": [_bytes_of(one) for one in sha256s]},
                )
            return {found.hex() async for found in cursor}

    def _seal(
        self, agency: AgencyCode, content: bytes, type_: str, name: str
    ) -> tuple[bytes, _Sealed]:
        sha256 = hashlib.sha256(content).digest()
        place = document_place(agency, sha256)
        key = new_key()
        cipher = Cipher(key)
        return sha256, _Sealed(
            size=len(content),
            type=type_,
            wrapped_key=self._kek.wrap(key, place),
            name=cipher.seal(name.encode(), place + _NAME),
            content=cipher.seal(content, place + _CONTENT),
        )

    def _open(self, agency: AgencyCode, sha256: bytes, sealed: _Sealed) -> Document:
        place = document_place(agency, sha256)
        cipher = Cipher(self._kek.unwrap(sealed.wrapped_key, place))
        return Document(
            sha256=sha256.hex(),
            type=sealed.type,
            name=cipher.open(sealed.name, place + _NAME).decode(),
            content=cipher.open(sealed.content, place + _CONTENT),
        )


def document_place(agency: AgencyCode, sha256: bytes) -> bytes:
    """What a document's key and bytes are bound to."""
    return _BOUND_TO_DOCUMENT + sha256 + agency.encode() + b"\0"


def _bytes_of(sha256: Digest) -> bytes:
    """Read a digest; what is no digest is the digest of no document."""
    try:
        return bytes.fromhex(sha256)
    except ValueError:
        return b""
