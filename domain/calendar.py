"""The agency's calendar: which local day an instant is, which days an office works.

Day of receipt is day 0, so a term of one day ends with the day after it. Working days
are Monday to Friday that no decree frees; beyond the years a calendar reaches only
weekends are known, and what was counted there is provisional.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from typing import assert_never
from zoneinfo import ZoneInfo

import msgspec

from domain.values import DayKind

_DAY = timedelta(days=1)
_SATURDAY = 5
"""`date.weekday()` of the first day of the weekend."""


class HolidayKind(StrEnum):
    """Who freed the day: the nation (libur nasional), cuti bersama or the region."""

    NATIONAL = "national"
    COLLECTIVE_LEAVE = "collective_leave"
    LOCAL = "local"


class Holiday(msgspec.Struct, frozen=True):
    """A day on which offices rest, with the decree that says so."""

    date: date
    name: str
    """As the decree names it, in Indonesian."""
    kind: HolidayKind
    decree: str
    """Citation of the decree; empty only where the day is an estimate."""
    estimated: bool = False
    """The date may still move, as Islamic dates do until the minister confirms."""


class Calendar(msgspec.Struct, frozen=True, dict=True):
    """One edition of the office calendar in one time zone."""

    edition: str
    """Name of the whole set of holidays, written into every due date."""
    zone: str
    """IANA name of the agency's zone, for example `Asia/Makassar`."""
    first: date
    """The first day whose holidays this edition knows."""
    last: date
    """The last such day, inclusive."""
    holidays: Mapping[date, Holiday]
    collective_leave_is_free: bool = True
    """Whether cuti bersama is a non-working day for the statute (open question)."""

    def date_of(self, at: datetime) -> date:
        """The agency's local day of an instant; a naive time is a bug."""
        if at.tzinfo is None:
            message = "an instant needs its offset"
            raise ValueError(message)
        return self.local(at).date()

    def local(self, at: datetime) -> datetime:
        """The same instant, told in the agency's zone."""
        return at.astimezone(self._place)

    def instant(self, day: date, local: time) -> datetime:
        """The instant, in UTC, at which the agency's clock shows this on that day."""
        return datetime.combine(day, local, self._place).astimezone(UTC)

    def start_of(self, day: date) -> datetime:
        """The local midnight that begins the day, in UTC."""
        if day == date.min:  # east of Greenwich it begins before years are counted
            return datetime.min.replace(tzinfo=UTC)
        return self.instant(day, time.min)

    def end_of(self, day: date) -> datetime:
        """The local midnight that ends the day, in UTC; a term's exclusive end."""
        return self.start_of(day + _DAY)

    def reaches(self, day: date) -> bool:
        """Whether this edition knows the holidays of that day's year."""
        return self.first <= day <= self.last

    def holiday(self, day: date) -> Holiday | None:
        """The holiday that frees the day, weekend or not; none if nothing does."""
        found = self.holidays.get(day)
        if found is None or self.collective_leave_is_free:
            return found
        return None if found.kind is HolidayKind.COLLECTIVE_LEAVE else found

    def is_weekend(self, day: date) -> bool:
        """Saturday or Sunday."""
        return day.weekday() >= _SATURDAY

    def is_working(self, day: date) -> bool:
        """Whether the office works that day (hari kerja)."""
        return not self.is_weekend(day) and self.holiday(day) is None

    def after(self, day: date, n: int, kind: DayKind) -> date:
        """The n-th calendar or working day after `day`, which is day 0."""
        match kind:
            case DayKind.CALENDAR:
                return day + timedelta(days=n)
            case DayKind.WORKING:
                return self._working_after(day, n)
            case DayKind.MINUTES:
                message = "minutes are counted on the clock, not in days"
                raise ValueError(message)
            case _:
                assert_never(kind)

    def _working_after(self, day: date, n: int) -> date:
        if n > 0 and self.reaches(day):
            days, worked = self._table
            wanted = worked[day.toordinal() - self.first.toordinal()] + n
            if wanted <= len(days):
                return days[wanted - 1]
        for _ in range(n):
            day += _DAY
            while not self.is_working(day):
                day += _DAY
        return day

    @cached_property
    def _place(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @cached_property
    def _table(self) -> tuple[tuple[date, ...], tuple[int, ...]]:
        """All working days in reach, and how many there are up to each day of it."""
        days: list[date] = []
        worked: list[int] = []
        for offset in range((self.last - self.first).days + 1):
            day = self.first + timedelta(days=offset)
            if self.is_working(day):
                days.append(day)
            worked.append(len(days))
        return tuple(days), tuple(worked)
