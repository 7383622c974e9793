"""The local days that a report is about, as instants in each agency's zone."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Self

import msgspec

from domain.calendar import Calendar
from domain.values import AgencyCode, Channel

EARLIEST, LATEST = date(2000, 1, 1), date(2999, 12, 31)
"""Days that can be asked for."""


class BadPeriodError(Exception):
    """It ends before it begins."""


class BeyondCalendarsError(Exception):
    """One of its days lies before the earliest or after the latest."""

    def __init__(self, *, first: bool) -> None:
        super().__init__(f"days from {EARLIEST} to {LATEST} can be asked for")
        self.first = first
        """Whether it is the first of them, or the last."""


class Span(msgspec.Struct, frozen=True):
    """A period in one agency: from one instant to the other, exclusive."""

    zone: str
    starts: datetime
    ends: datetime
    free: tuple[date, ...]
    """Days of the calendar's edition on which the office rests, weekends aside."""


class Asked(msgspec.Struct, frozen=True):
    """Which days, of which agencies, and by which channel; None is all."""

    first: date
    last: date
    """Inclusive, like the first."""
    spans: dict[AgencyCode, Span]
    """Of the agencies that the reader may see figures of, and of no other."""
    edition: str
    """Of the calendar, by which working days are counted."""
    now: datetime
    """What is not answered is judged by now, or at the period's end if that is over."""
    channel: Channel | None = None

    @classmethod
    def of(
        cls,
        first: date,
        last: date,
        calendars: Iterable[tuple[AgencyCode, Calendar]],
        now: datetime,
        channel: Channel | None = None,
    ) -> Self:
        """Place the days in the agencies' zones.

        Raises BadPeriodError and BeyondCalendarsError.
        """
        for day in (first, last):
            if not EARLIEST <= day <= LATEST:
                raise BeyondCalendarsError(first=day is first)
        if last < first:
            raise BadPeriodError
        placed = dict(calendars)
        return cls(
            first=first,
            last=last,
            spans={
                agency: Span(
                    zone=calendar.zone,
                    starts=calendar.start_of(first),
                    ends=calendar.end_of(last),
                    free=tuple(
                        day for day in calendar.holidays if calendar.holiday(day)
                    ),
                )
                for agency, calendar in placed.items()
            },
            edition=next((one.edition for one in placed.values()), ""),
            now=now,
            channel=channel,
        )

    def judged_at(self, agency: AgencyCode) -> datetime:
        """When it is asked of what is not answered whether it is late."""
        return min(self.spans[agency].ends, self.now)

    def told(self) -> dict[str, Any]:
        """The parameters of the statements that count."""
        spans = self.spans.values()
        return {
            "agencies": list(self.spans),
            "zones": [span.zone for span in spans],
            "starts": [span.starts for span in spans],
            "ends": [span.ends for span in spans],
            "judged_at": [self.judged_at(agency) for agency in self.spans],
            "free_in": [
                agency for agency, span in self.spans.items() for _ in span.free
            ],
            "free_days": [day for span in spans for day in span.free],
            "channel": self.channel,
        }
