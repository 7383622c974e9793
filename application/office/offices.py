"""Puts an agency's office together: standard, calendar, directory, legal bases.

A case keeps the version of the standard that held when it was received; the
directory is always the present one.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from application.office.calendars import HolidayTable
from application.office.standards_book import StandardsBook
from domain.calendar import Calendar
from domain.exemptions import LegalCatalogue
from domain.office import Directory, Office
from domain.standard import ServiceStandard
from domain.values import AgencyCode


class Offices:
    """The offices of all agencies that have a standard."""

    def __init__(
        self,
        standards: StandardsBook,
        holidays: HolidayTable,
        legal_bases: LegalCatalogue,
        directory: Callable[[], Directory],
    ) -> None:
        self.standards = standards
        self.legal_bases = legal_bases
        self._directory = directory
        self._by_ref = {standard.ref: standard for standard in standards}
        self._calendars: Mapping[AgencyCode, Calendar] = {
            standard.agency.code: holidays.calendar(standard.agency.zone)
            for standard in standards
        }
        self._kept: dict[str, Office] = {}

    def __contains__(self, agency: object) -> bool:
        return agency in self._calendars

    @property
    def agencies(self) -> tuple[AgencyCode, ...]:
        """Codes of all agencies."""
        return tuple(self._calendars)

    def calendar(self, agency: AgencyCode) -> Calendar:
        """The calendar of a known agency."""
        return self._calendars[agency]

    def on(self, agency: AgencyCode, at: datetime) -> Office:
        """The office of a known agency with the standard that held at an instant."""
        day = self._calendars[agency].date_of(at)
        standard = self.standards.in_force(agency, day)
        assert standard is not None
        return self._office(standard)

    def under(self, ref: str) -> Office:
        """The office with the very standard that a case was received under."""
        return self._office(self._by_ref[ref])

    def _office(self, standard: ServiceStandard) -> Office:
        directory = self._directory()
        kept = self._kept.get(standard.ref)
        if kept is None or kept.directory is not directory:
            kept = Office(
                standard=standard,
                calendar=self._calendars[standard.agency.code],
                directory=directory,
                legal_bases=self.legal_bases,
            )
            self._kept[standard.ref] = kept
        return kept
