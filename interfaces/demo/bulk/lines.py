"""Lines of the register, and rows of the other books, as COPY's binary format has them.

Packed by hand: the driver's own rows cost three times as much, and this is all the
work there is.
"""

from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import Final, NamedTuple

_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)

SIGNATURE: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER: Final = b"\xff\xff"

_length = Struct("!i").pack
_eight = Struct("!iq").pack
_SIXTEEN: Final = b"\0\0\0\x10"
_LINE: Final = b"\0\x08" + _SIXTEEN


class Text(NamedTuple):
    """A text in pieces, with nothing where the gaps are."""

    pieces: tuple[bytes, ...]
    gaps: tuple[int, ...]

    def filled(self, values: list[bytes]) -> bytes:
        """The text with the values of a copy in its gaps."""
        if not self.gaps:
            return self.pieces[0]
        parts = list(self.pieces)
        parts[1::2] = [values[gap] for gap in self.gaps]
        return b"".join(parts)


class Line(NamedTuple):
    """An entry with gaps; ids are told by their place among a copy's."""

    stream: int
    event_id: int
    head: bytes
    state: Text
    occurred_at: int
    recorded_at: int
    metadata: Text


def microseconds(at: datetime) -> int:
    """An instant as PostgreSQL counts it."""
    return (at - _EPOCH) // _MICROSECOND


def head(version: int, tag: str) -> bytes:
    """Version and tag, which are those of every copy."""
    return _eight(8, version) + text(tag.encode())


def text(value: bytes) -> bytes:
    """A field of any length."""
    return _length(len(value)) + value


def uuid(value: bytes) -> bytes:
    """A field with an id."""
    return _SIXTEEN + value


def instant(microseconds: int) -> bytes:
    """A field with an instant."""
    return _eight(8, microseconds)


def row(*fields: bytes) -> bytes:
    """A row of fields."""
    return len(fields).to_bytes(2, "big") + b"".join(fields)


def line(one: Line, ids: list[bytes], values: list[bytes], moved: int) -> bytes:
    """The line of a copy that happened so many microseconds later."""
    state, metadata = one.state.filled(values), one.metadata.filled(values)
    return b"".join(
        (
            _LINE,
            ids[one.stream],
            one.head,
            _length(len(state)),
            state,
            _SIXTEEN,
            ids[one.event_id],
            _eight(8, one.occurred_at + moved),
            _eight(8, one.recorded_at + moved),
            _length(len(metadata)),
            metadata,
        )
    )
