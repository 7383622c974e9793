"""A case's own time in the made-up year: forward only, in office hours, until today."""

from datetime import date, datetime, time, timedelta

from domain.calendar import Calendar
from interfaces.demo.local_time import WITA
from interfaces.demo.year.dice import Dice

OPENS, CLOSES = time(8), time(15, 30)
"""When acts are entered; the offices close half an hour later."""


class StillToComeError(Exception):
    """The next act of the case lies after today: there the case stands."""


class Diary:
    """Says when the next act happens; raises StillToComeError beyond `until`."""

    def __init__(
        self, calendar: Calendar, dice: Dice, starts: datetime, until: datetime
    ) -> None:
        self._calendar = calendar
        self._dice = dice
        self.until = until
        """The end of the year; nothing happens from then on."""
        self._now = starts

    @property
    def today(self) -> date:
        """The local day of the last act."""
        return self._now.astimezone(WITA).date()

    def minutes(self, least: int, most: int) -> datetime:
        """So many minutes on, the same day whatever the hour."""
        seconds = self._dice.randrange(60 * least, 60 * most + 1)
        return self._at(self._now + timedelta(seconds=seconds))

    def days(self, least: int, most: int) -> datetime:
        """So many working days on; none is later the same day, if it is still open."""
        days = self._dice.randint(least, most)
        if days == 0:
            soon = self._now + timedelta(minutes=self._dice.randint(10, 120))
            is_open = soon.astimezone(WITA).time() < CLOSES
            if is_open and self._calendar.is_working(self.today):
                return self._at(soon)
            days = 1
        day = self.today
        while days:
            day += timedelta(days=1)
            days -= self._calendar.is_working(day)
        return self._at(morning(day, self._dice))

    def _at(self, when: datetime) -> datetime:
        if when >= self.until:
            raise StillToComeError
        self._now = when
        return when


def morning(day: date, dice: Dice) -> datetime:
    """Some time of the office's day."""
    opens = datetime.combine(day, OPENS, WITA)
    length = datetime.combine(day, CLOSES, WITA) - opens
    return opens + timedelta(seconds=dice.randrange(int(length.total_seconds())))
