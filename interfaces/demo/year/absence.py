"""The office's own changes in the made-up year: a head away, a unit renamed."""

from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from psycopg import AsyncConnection

from application.office import stand_ins, standards_book, unit_changes
from domain.values import Capacity
from interfaces import clock
from interfaces.demo.cast import BIRO, BPPD, House
from interfaces.demo.local_time import WITA
from interfaces.demo.year.diary import Diary

WEEKS_AGO = 9
"""How long before today the Plh. week lies."""

RENAMED_DAYS_AGO = 100
OLD_UNIT, NEW_UNIT = "kinerja", "kinerja-dan-reformasi-birokrasi"


class Absence(msgspec.Struct, frozen=True):
    """A head is away from a local day to another; somebody is appointed (Plh.)."""

    house: House
    deputy: str
    first: date
    last: date

    def covers(self, house: House, day: date) -> bool:
        """Whether this agency's head is away on that day."""
        return house is self.house and self.first <= day <= self.last


def plh_week(until: datetime) -> Absence:
    """A Monday to Friday, so many weeks before the end of the year."""
    today = until.astimezone(WITA).date()
    monday = today - timedelta(days=today.weekday(), weeks=WEEKS_AGO)
    return Absence(BPPD, BPPD.ppid, monday, monday + timedelta(days=4))


def deputy_of(house: House, diary: Diary) -> str | None:
    """Who acts for the agency's head on the diary's day, if he is away."""
    absence = plh_week(diary.until)
    return absence.deputy if absence.covers(house, diary.today) else None


def at_the_head(house: House, diary: Diary) -> str:
    """Who decides what the head decides, on the diary's day."""
    return deputy_of(house, diary) or house.head


async def enter(connection: AsyncConnection[Any], until: datetime) -> None:
    """Enter the appointment and the new name, as the command line does."""
    agencies = standards_book.load().agencies
    absence = plh_week(until)
    stand_in = stand_ins.check(
        agency=absence.house.code,
        official=absence.deputy,
        acting_for=absence.house.head,
        capacity=Capacity.DAILY_ACTING,
        first=absence.first,
        last=absence.last,
        decree=f"800.1.11.1/{absence.first:%m}/BPPD/{absence.first.year}",
        agencies=agencies,
    )
    await stand_ins.add(connection, stand_in, clock.now())
    renamed = until.astimezone(WITA).date() - timedelta(days=RENAMED_DAYS_AGO)
    change = unit_changes.check(
        agency=BIRO.code,
        old=OLD_UNIT,
        new=NEW_UNIT,
        effective_on=renamed,
        decree=f"Pergub NTT tentang SOTK, {renamed.year}",
        agencies=agencies,
    )
    await unit_changes.add(connection, change, clock.now())
