"""An announcement: the file by which a new edition of the office calendar comes in.

It says what changes against an edition that stands; the edition it makes is whole.
`holidays/README.md` shows how to write one.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec

from application.office import strict_toml
from application.office.calendars import Day, HolidayTable
from application.office.editions import Editions
from domain.calendar import Holiday
from domain.values import AgencyCode

EditionName = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9.-]{0,63}$")]
_Agencies = Annotated[tuple[AgencyCode, ...], msgspec.Meta(min_length=1)]

_EVERYBODY = ""
"""Stands for the days of all agencies, beside the codes of single ones."""


class _AnnouncedDay(Day, frozen=True, forbid_unknown_fields=True):
    agencies: _Agencies = ()
    """Whose offices rest; none named are all."""


class _WorkingDay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A day that was free in the older edition and is worked after all."""

    date: date
    decree: str
    agencies: _Agencies = ()
    """Whose own day is taken back; none named takes it back for all."""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    edition: EditionName
    base: str | None = None
    """The edition it changes; none named is the one in force."""
    years: tuple[int, ...] = ()
    """Years whose holidays are known from now on."""
    decrees: Mapping[str, str] = {}
    days: tuple[_AnnouncedDay, ...] = ()
    working: tuple[_WorkingDay, ...] = ()


class Announcement:
    """The file as read; `table` makes the edition of it. Both raise DataFileError."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._said = strict_toml.read(file, _File)

    def against(
        self, known: Editions, agencies: Collection[AgencyCode]
    ) -> tuple[HolidayTable, str]:
        """The edition that it makes of those that stand, and which one it changes.

        An edition that this very file has made before is made again.
        """
        name = self._said.edition
        if name in known.kept and name not in known.bases:
            raise self._fault("came with the program; choose another name", "edition")
        base = known.bases.get(name, self._said.base or known.in_force.edition)
        if base not in known.kept:
            problem = f"there is no edition {base}"
            raise self._fault(problem, "base")
        table = self.table(known.kept[base], agencies)
        if table != known.kept.get(name, table):
            problem = "stands already with other days; choose another name"
            raise self._fault(problem, "edition")
        return table, base

    def table(
        self, base: HolidayTable, agencies: Collection[AgencyCode]
    ) -> HolidayTable:
        """The whole edition, which is the older one with the changes."""
        said = self._said
        if not (said.years or said.days or said.working):
            raise self._fault("announces no day and no year", "edition")
        last = self._last_day(base)
        scopes: dict[str, dict[date, Holiday]] = {
            _EVERYBODY: dict(base.holidays),
            **{code: dict(days) for code, days in base.agency_days.items()},
        }
        self._must_be_single(agencies)
        for n, taken_back in enumerate(said.working):
            self._take_back(scopes, taken_back, n)
        for n, day in enumerate(said.days):
            if not base.first <= day.date <= last:
                problem = (
                    f"{day.date} is not in the years {base.first.year}-{last.year}"
                )
                raise self._fault(problem, "days", n, "date")
            holiday = day.holiday(self._file, said.decrees, n)
            for code in day.agencies or (_EVERYBODY,):
                scopes.setdefault(code, {})[day.date] = holiday
        return HolidayTable(
            edition=said.edition,
            first=base.first,
            last=last,
            holidays=scopes.pop(_EVERYBODY),
            collective_leave_is_free=base.collective_leave_is_free,
            agency_days={code: days for code, days in scopes.items() if days},
        )

    def _last_day(self, base: HolidayTable) -> date:
        """The new last day; a year is known only with its holidays."""
        last = base.last.year
        for n, year in enumerate(self._said.years):
            if year != last + 1:
                problem = f"{last + 1} should follow {last}"
                raise self._fault(problem, "years", n)
            if not any(day.date.year == year for day in self._said.days):
                problem = f"no day of {year} is announced"
                raise self._fault(problem, "years", n)
            last = year
        return date(last, 12, 31)

    def _must_be_single(self, agencies: Collection[AgencyCode]) -> None:
        """Agencies are known, and a day is said once for each whom it is about."""
        said: set[tuple[str, date]] = set()
        for field, n, day, codes in self._everything():
            for code in codes:
                if code not in agencies:
                    problem = f"no agency {code}"
                    raise self._fault(problem, field, n, "agencies")
            for code in codes or (_EVERYBODY,):
                if (code, day) in said:
                    problem = f"{day} stands twice"
                    raise self._fault(problem, field, n, "date")
                said.add((code, day))

    def _everything(self) -> Iterator[tuple[str, int, date, tuple[AgencyCode, ...]]]:
        for n, free in enumerate(self._said.days):
            yield "days", n, free.date, free.agencies
        for n, worked in enumerate(self._said.working):
            yield "working", n, worked.date, worked.agencies

    def _take_back(
        self, scopes: Mapping[str, dict[date, Holiday]], day: _WorkingDay, n: int
    ) -> None:
        if day.decree not in self._said.decrees:
            problem = f"no decree {day.decree} in this file"
            raise self._fault(problem, "working", n, "decree")
        whose = [scopes.get(code, {}) for code in day.agencies] or list(scopes.values())
        if not any(day.date in days for days in whose):
            problem = f"{day.date} is no holiday that could be taken back"
            raise self._fault(problem, "working", n, "date")
        for days in whose:
            days.pop(day.date, None)

    def _fault(self, problem: str, *field: str | int) -> strict_toml.DataFileError:
        return strict_toml.fault(self._file, field, problem)
