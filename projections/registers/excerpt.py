"""An excerpt of a book: whose, of which days, from where on; the newest day first."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from struct import Struct
from typing import Final, Self, TypeVar

import msgspec

from domain.calendar import Calendar
from domain.values import AgencyCode
from projections.cursor import BadCursorError

LARGEST: Final = 2**63 - 1
_PLACE: Final = Struct("!qq")
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


class Place(msgspec.Struct, frozen=True):
    """Where a book was left off: a line's instant, and its position in the register.

    It says nothing else: who may see what, and which filters hold, is asked anew with
    every page.
    """

    at: datetime
    position: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Take what `written` gave; raises BadCursorError for anything else."""
        try:
            raw = base64.urlsafe_b64decode(f"{text}==".encode())
        except (binascii.Error, UnicodeEncodeError):
            raise BadCursorError from None
        if len(raw) != _PLACE.size:
            raise BadCursorError
        micros, position = _PLACE.unpack(raw)
        try:
            place = cls(_EPOCH + micros * _MICROSECOND, position)
        except OverflowError:
            raise BadCursorError from None
        if place.written() != text or position < 1:
            raise BadCursorError
        return place

    def written(self) -> str:
        """The place as clients carry it."""
        raw = _PLACE.pack((self.at - _EPOCH) // _MICROSECOND, self.position)
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class Found(msgspec.Struct, frozen=True):
    """What is found of a line, whatever else is."""

    at: datetime
    position: int


F = TypeVar("F", bound=Found)


class Excerpt(msgspec.Struct, frozen=True, kw_only=True):
    """Which lines of a book are wanted."""

    calendars: Mapping[AgencyCode, Calendar]
    """Of the agencies whose books the reader may open; no other line is shown."""
    first: date | None = None
    """The first local day; None is the beginning."""
    last: date | None = None
    """The last local day, included."""
    limit: int = 50
    after: Place | None = None

    def within(self) -> dict[str, object]:
        """What every book's statement asks for; one line more than wanted."""
        first, last = self.first, self.last
        calendars = self.calendars.values()
        return {
            "agencies": list(self.calendars),
            "since": [
                "-infinity" if first is None else each.start_of(first).isoformat()
                for each in calendars
            ],
            "until": [
                "infinity" if last is None else _end(each, last) for each in calendars
            ],
            "before_at": (
                "infinity" if self.after is None else self.after.at.isoformat()
            ),
            "before": LARGEST if self.after is None else self.after.position,
            "limit": self.limit + 1,
        }


def _end(calendar: Calendar, day: date) -> str:
    return "infinity" if day == date.max else calendar.end_of(day).isoformat()


def cut(found: Sequence[F], limit: int) -> tuple[Sequence[F], str | None]:
    """The lines of the page, and where it goes on while there is more."""
    shown = found[:limit]
    if len(shown) == len(found):
        return shown, None
    return shown, Place(shown[-1].at, shown[-1].position).written()
