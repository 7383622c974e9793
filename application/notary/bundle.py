"""The evidence of one history: its rows as stored, and the proof that they are sealed.

Because every entry of the log holds the hash of the one before it in its history, the
proof of the last one covers all of them.
"""

import base64
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

import msgspec
from psycopg.rows import class_row

from application import named_sql
from application.arrays import EPOCH
from application.notary import proofs, signed_log, stored
from application.notary.leaf import instant
from application.notary.note import Note
from application.notary.stored import StoredLine
from application.register import Connection
from domain.values import AgencyCode, Digest

_SQL = named_sql.load(__file__)
_DOCUMENTS = _SQL["documents"]


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of the register; nothing of it was decoded and encoded again."""

    position: int
    version: int
    tag: str
    payload: str
    """The event, letter by letter."""
    event_id: UUID
    occurred_at: str
    """In UTC with microseconds, as in 2026-03-16T00:30:00.123456Z."""
    recorded_at: str
    metadata: str
    """Who recorded it, letter by letter."""

    @classmethod
    def of(cls, line: StoredLine) -> Self:
        """Write a line down; raises ValueError for one that is not text."""
        return cls(
            position=line.position,
            version=line.version,
            tag=line.tag.decode(),
            payload=line.payload.decode(),
            event_id=UUID(bytes=line.event_id),
            occurred_at=_written(line.occurred_at),
            recorded_at=_written(line.recorded_at),
            metadata=line.metadata.decode(),
        )

    def line(self, stream: UUID) -> StoredLine:
        """The line as it was hashed; raises ValueError where it can't have been one."""
        return StoredLine(
            position=self.position,
            stream=stream.bytes,
            version=self.version,
            tag=self.tag.encode(),
            payload=self.payload.encode(),
            event_id=self.event_id.bytes,
            occurred_at=_read(self.occurred_at),
            recorded_at=_read(self.recorded_at),
            metadata=self.metadata.encode(),
        )


class Inclusion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That a version's entry is in the tree of the checkpoint (RFC 6962, 2.1.1)."""

    version: int
    index: int
    hashes: tuple[str, ...]
    """In base64, from the leaf upwards."""


class Consistency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That the checkpoint's tree begins with an earlier one (RFC 6962, 2.1.2)."""

    size: int
    """Of the earlier one, of which the inspector holds the checkpoint."""
    hashes: tuple[str, ...]


class Evidence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What can be proved of a history with the notary's public key alone."""

    stream: UUID
    rows: tuple[Row, ...]
    inclusion: Inclusion | None
    """Of the last version that the checkpoint covers; None before one does."""
    consistency: Consistency | None
    checkpoint: str | None
    """The signed note, letter by letter."""
    key_names: tuple[str, ...]
    """Names and ids of the keys that signed; the keys themselves come another way."""


class Kept(msgspec.Struct, frozen=True):
    """A document as it is kept; its bytes come another way."""

    sha256: Digest
    size: int
    type: str


async def gather(
    connection: Connection, stream: UUID, upto: int, since: int | None = None
) -> Evidence:
    """Gather the evidence of a history as far as a version.

    `since` is the size of a checkpoint that somebody holds. Raises BeyondLogError where
    it is larger than the latest one.
    """
    lines = await stored.lines_of(connection, stream, upto)
    rows = tuple(map(Row.of, lines))
    signed = await signed_log.latest(connection)
    inclusion = consistency = None
    key_names: tuple[str, ...] = ()
    if signed is not None:
        names = Note.read(signed.note).signatures
        key_names = tuple(f"{each.name}+{each.id.hex()}" for each in names)
    found = await proofs.of_history(connection, signed, stream, upto=upto)
    if found is not None:
        hashes = _in_base64(found.proof.hashes)
        inclusion = Inclusion(found.version, found.proof.index, hashes)
    if since is not None:
        path = await proofs.of_consistency(connection, signed, since)
        consistency = Consistency(since, _in_base64(path))
    return Evidence(
        stream=stream,
        rows=rows,
        inclusion=inclusion,
        consistency=consistency,
        checkpoint=None if signed is None else signed.note,
        key_names=key_names,
    )


async def documents(
    connection: Connection, agency: AgencyCode, digests: Sequence[Digest]
) -> list[Kept]:
    """Say of which size and type these documents are; those not kept are left out."""
    async with connection.cursor(row_factory=class_row(Kept)) as cursor:
        where = {"agency": agency, "digests": list(digests)}
        await cursor.execute(_DOCUMENTS, where)
        return await cursor.fetchall()


def _in_base64(hashes: Sequence[bytes]) -> tuple[str, ...]:
    return tuple(base64.b64encode(each).decode() for each in hashes)


def _written(at: bytes) -> str:
    """An instant of the database as text; raises ValueError beyond the calendar."""
    try:
        microseconds = timedelta(microseconds=int.from_bytes(at, "big", signed=True))
        written = (EPOCH + microseconds).replace(tzinfo=None)
    except OverflowError as fault:
        raise ValueError("an instant beyond the calendar") from fault
    return f"{written.isoformat(timespec='microseconds')}Z"


def _read(written: str) -> bytes:
    """The reverse; raises ValueError for any other way of writing it."""
    at = datetime.fromisoformat(written)
    if at.tzinfo is None:
        raise ValueError("an instant without an offset is none")
    read = instant(at)
    if _written(read) != written:
        raise ValueError("an instant is written in UTC with microseconds")
    return read
