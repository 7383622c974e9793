"""The log's entry for one line of the register: fixed, and it tells its own length.

    mark        4 bytes   "dsp" and the version of this form, 1
    position    8 bytes   the line's place in the register; unsigned, highest byte first
    stream     16 bytes   UUID of the case, complaint or objection
    version     8 bytes   of the stream, from 1; unsigned, highest byte first
    tag         1 byte    its length, then so many bytes of UTF-8
    payload    32 bytes   SHA-256 of the stored payload
    context    32 bytes   SHA-256 of event id (16 bytes), occurred_at and recorded_at (8
                          bytes each: microseconds since 2000-01-01T00:00:00Z, signed,
                          highest byte first) and the stored text of the metadata
    previous   32 bytes   leaf hash of the same stream's entry before; zeros before the
                          first one

Because every entry holds the hash of the one before it in its stream, a proof for a
case's last entry covers the case's whole history.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from struct import Struct, error
from typing import Final
from uuid import UUID

import msgspec

from application.arrays import EPOCH
from application.notary.stored import DigestedLine, StoredLine

MARK: Final = b"dsp\x01"
NOTHING_BEFORE: Final = bytes(32)
"""In place of the entry before the first one of a stream."""

POSITION: Final = slice(4, 12)
STREAM: Final = slice(12, 28)
VERSION: Final = slice(28, 36)
PREVIOUS: Final = slice(-32, None)
"""Where these stand in an entry, for who looks at a great many of them."""

_HEAD: Final = Struct(">4sQ16sQB")
_TAIL: Final = Struct("32s32s32s")
_MICROSECOND: Final = timedelta(microseconds=1)
_LACKING: Final = "a part of the line is null"


class LeafError(ValueError):
    """These bytes are no entry of the log, or this line can't become one."""


class Leaf(msgspec.Struct, frozen=True):
    """An entry of the log, taken apart."""

    position: int
    stream: UUID
    version: int
    tag: str
    payload: bytes
    context: bytes
    previous: bytes


def encode(line: StoredLine, previous: bytes) -> bytes:
    """Make the entry of a line; `previous` is the leaf hash before it in its stream.

    Raises LeafError for a line that only somebody beside our program can have written.
    """
    if not line.is_whole:
        raise LeafError(_LACKING)
    tag, context = line.tag, line.event_id + line.occurred_at + line.recorded_at
    try:
        return (
            _HEAD.pack(MARK, line.position, line.stream, line.version, len(tag))
            + tag
            + sha256(line.payload).digest()
            + sha256(context + line.metadata).digest()
            + previous
        )
    except error as fault:
        raise LeafError(str(fault)) from None


def assemble(line: DigestedLine, previous: bytes) -> bytes:
    """Make the same entry of a line that the database has hashed already."""
    if not line.is_whole:
        raise LeafError(_LACKING)
    tag = line.tag
    try:
        head = _HEAD.pack(MARK, line.position, line.stream, line.version, len(tag))
    except error as fault:
        raise LeafError(str(fault)) from None
    return head + tag + line.digests + previous


def decode(entry: bytes) -> Leaf:
    """Take an entry apart; raises LeafError unless it is one to the last byte."""
    try:
        mark, position, stream, version, length = _HEAD.unpack_from(entry)
        tag = entry[_HEAD.size : _HEAD.size + length].decode()
        payload, context, previous = _TAIL.unpack(entry[_HEAD.size + length :])
    except (error, UnicodeDecodeError) as fault:
        raise LeafError(str(fault)) from None
    if mark != MARK:
        raise LeafError("an entry begins with its mark")
    return Leaf(position, UUID(bytes=stream), version, tag, payload, context, previous)


def position_of(entry: bytes) -> int:
    """Read an entry's position alone."""
    return int.from_bytes(entry[POSITION], "big")


def instant(at: datetime) -> bytes:
    """An instant as it is hashed; it must be aware."""
    return ((at - EPOCH) // _MICROSECOND).to_bytes(8, "big", signed=True)


def bundle(entries: Iterable[bytes]) -> bytes:
    """Entries one behind the other, each after its length in two bytes (tlog-tiles)."""
    return b"".join([len(entry).to_bytes(2, "big") + entry for entry in entries])


def unbundle(bundled: bytes) -> list[bytes]:
    """Take a bundle apart; raises LeafError where it ends too early."""
    entries = readable(bundled)
    if sum(map(len, entries)) + 2 * len(entries) != len(bundled):
        raise LeafError("a bundle ends within an entry")
    return entries


def readable(bundled: bytes, most: int | None = None) -> list[bytes]:
    """The entries of a bundle, as far as it can be read; no more than `most`."""
    entries: list[bytes] = []
    at = 0
    while at < len(bundled) and len(entries) != most:
        begin = at + 2
        at = begin + int.from_bytes(bundled[at:begin], "big")
        if at > len(bundled):
            break
        entries.append(bundled[begin:at])
    return entries
