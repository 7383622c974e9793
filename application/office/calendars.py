"""The holiday files as calendars: one file a year, one edition for the whole set."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec

from application.office import strict_toml
from domain.calendar import Calendar, Holiday, HolidayKind
from domain.values import AgencyCode

FOLDER = Path(__file__).parent / "holidays"
"""The national set that comes with the program."""

_EDITION = "edition.toml"


class _Edition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    edition: Annotated[str, msgspec.Meta(min_length=1)]
    collective_leave_is_free: bool


class Day(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of a holiday file."""

    date: date
    name: Annotated[str, msgspec.Meta(min_length=1)]
    kind: HolidayKind
    decree: str | None = None
    """A key of the file's decrees; needed unless the day is estimated."""
    estimated: bool = False

    def holiday(self, file: Path, decrees: Mapping[str, str], n: int) -> Holiday:
        """The n-th of the file's days with its citation; raises DataFileError."""
        return Holiday(
            date=self.date,
            name=self.name,
            kind=self.kind,
            decree=self._citation(file, decrees, n),
            estimated=self.estimated,
        )

    def _citation(self, file: Path, decrees: Mapping[str, str], n: int) -> str:
        if self.decree is None:
            if self.estimated:
                return ""
            problem = f"{self.date} names no decree and is not estimated"
            raise strict_toml.fault(file, ("days", n), problem)
        citation = decrees.get(self.decree)
        if citation is None:
            problem = f"no decree {self.decree} in this file"
            raise strict_toml.fault(file, ("days", n, "decree"), problem)
        return citation


class _Year(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    year: int
    decrees: Mapping[str, str]
    """Citations by the short name under which the days refer to them."""
    days: tuple[Day, ...]


class HolidayTable(msgspec.Struct, frozen=True):
    """Every holiday of the set, before it is placed in an agency's time zone."""

    edition: str
    first: date
    last: date
    holidays: Mapping[date, Holiday]
    collective_leave_is_free: bool = True
    agency_days: Mapping[AgencyCode, Mapping[date, Holiday]] = {}
    """Days that free one agency's offices besides: of its region, or its own."""

    def calendar(self, zone: str, agency: AgencyCode | None = None) -> Calendar:
        """The set as the calendar of an agency, which is in that zone."""
        own = {} if agency is None else self.agency_days.get(agency, {})
        return Calendar(
            edition=self.edition,
            zone=zone,
            first=self.first,
            last=self.last,
            holidays={**self.holidays, **own},
            collective_leave_is_free=self.collective_leave_is_free,
        )


def load(folder: Path = FOLDER) -> HolidayTable:
    """Read `edition.toml` and the year files; raises DataFileError for any fault."""
    edition = strict_toml.read(folder / _EDITION, _Edition)
    holidays: dict[date, Holiday] = {}
    years: list[int] = []
    for file in sorted(folder.glob("*.toml")):
        if file.name == _EDITION:
            continue
        year = strict_toml.read(file, _Year)
        if years and year.year != years[-1] + 1:
            problem = f"{years[-1] + 1} should follow {years[-1]}"
            raise strict_toml.fault(file, ("year",), problem)
        years.append(year.year)
        holidays.update(_days(file, year))
    if not years:
        raise strict_toml.DataFileError(folder, 1, "", "holds no year of holidays")
    return HolidayTable(
        edition=edition.edition,
        first=date(years[0], 1, 1),
        last=date(years[-1], 12, 31),
        holidays=holidays,
        collective_leave_is_free=edition.collective_leave_is_free,
    )


def _days(file: Path, year: _Year) -> dict[date, Holiday]:
    days: dict[date, Holiday] = {}
    for n, day in enumerate(year.days):
        if day.date.year != year.year:
            problem = f"{day.date} is not in {year.year}"
            raise strict_toml.fault(file, ("days", n, "date"), problem)
        if day.date in days:
            problem = f"{day.date} stands twice"
            raise strict_toml.fault(file, ("days", n, "date"), problem)
        days[day.date] = day.holiday(file, year.decrees, n)
    return days
