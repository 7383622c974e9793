"""Pauses as tests tell them: by local days, in an office's calendar."""

from datetime import date

from domain.calendar import Calendar
from domain.clocks import Pause


def pause(calendar: Calendar, first: date, last: date | None = None) -> Pause:
    """A pause over these days; open where nobody has said until when."""
    return Pause(
        ground="menunggu pemohon",
        first=first,
        starts_at=calendar.start_of(first),
        last=last,
        ends_at=None if last is None else calendar.end_of(last),
    )
