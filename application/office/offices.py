"""Puts an agency's office together: standard, calendar, directory, legal bases.

A case keeps the version of the standard that held when it was received; the
directory is always the present one.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

import structlog

from application.office import data_law_book
from application.office.editions import Editions
from application.office.standards_book import StandardsBook
from domain.breach import Breach
from domain.calendar import Calendar
from domain.case import Case
from domain.complaint import Complaint
from domain.data_law import DataLaw
from domain.data_request import DataRequest
from domain.exemptions import LegalCatalogue
from domain.histories import Matter
from domain.objection import Objection
from domain.office import Directory, Office
from domain.standard import ServiceStandard
from domain.values import AgencyCode

_log = structlog.get_logger()


class Offices:
    """The offices of all agencies that have a standard."""

    def __init__(
        self,
        standards: StandardsBook,
        editions: Callable[[], Editions],
        legal_bases: LegalCatalogue,
        directory: Callable[[], Directory],
        data_law: DataLaw | None = None,
    ) -> None:
        self.standards = standards
        self.legal_bases = legal_bases
        self._data_law = data_law or data_law_book.load()
        self._directory = directory
        self._by_ref = {standard.ref: standard for standard in standards}
        self._editions = editions
        self._placed = editions()
        """The editions as the calendars below were made of them."""
        self._zones: Mapping[AgencyCode, str] = {
            standard.agency.code: standard.agency.zone for standard in standards
        }
        self._calendars: dict[tuple[AgencyCode, str], Calendar] = {}
        self._kept: dict[str, tuple[Editions, Office]] = {}
        """Of each standard the office, with the editions that it rests on."""
        self._missed: set[str] = set()
        """Editions that a term names and nobody keeps."""

    def __contains__(self, agency: object) -> bool:
        return agency in self._zones

    @property
    def agencies(self) -> tuple[AgencyCode, ...]:
        """Codes of all agencies."""
        return tuple(self._zones)

    def calendar(self, agency: AgencyCode) -> Calendar:
        """The calendar of a known agency, of the edition in force."""
        return self.calendar_in(agency, self.edition)

    @property
    def edition(self) -> str:
        """Name of the calendar's edition in force: what is decided now rests on it."""
        return self._editions().in_force.edition

    def calendar_in(self, agency: AgencyCode, edition: str) -> Calendar:
        """The calendar of an edition that a term was counted in.

        The one in force where the edition is not known here.
        """
        editions = self._editions()
        if editions is not self._placed:
            self._placed = editions
            self._calendars.clear()
        kept = self._calendars.get((agency, edition))
        if kept is None:
            self._miss(edition, editions)
            table = editions.named(edition)
            kept = table.calendar(self._zones[agency], agency)
            self._calendars[agency, edition] = kept
        return kept

    def _miss(self, edition: str, editions: Editions) -> None:
        """Say once, loudly, that terms are counted in another edition than they name.

        Every edition ever announced is kept: somebody has lost one, or this worker has
        not heard of it yet.
        """
        if edition in editions.kept or edition in self._missed:
            return
        self._missed.add(edition)
        _log.error(
            "calendar_edition_unknown",
            edition=edition,
            counted_in=editions.in_force.edition,
        )

    def on(self, agency: AgencyCode, at: datetime) -> Office:
        """The office of a known agency with the standard that held at an instant."""
        day = self.calendar(agency).date_of(at)
        standard = self.standards.in_force(agency, day)
        assert standard is not None
        return self._office(standard)

    def under(self, ref: str) -> Office:
        """The office with the very standard that a case was received under."""
        return self._office(self._by_ref[ref])

    def of(self, matter: Matter | None, agency: AgencyCode, at: datetime) -> Office:
        """The office under the standard that holds for a matter.

        A case keeps the one it came in under, and so does an objection to it; a
        complaint the one of its day; what is not there yet that of `at`.
        """
        match matter:
            case Case(standard=standard) | Objection(standard=standard):
                return self.under(standard)
            case Complaint(opened=opened):
                return self.on(agency, opened.due[0].starts_at)
            case DataRequest(received=began) | Breach(recorded=began):
                return self.on(agency, began.due[0].starts_at)
            case _:
                return self.on(agency, at)

    def _office(self, standard: ServiceStandard) -> Office:
        editions, directory = self._editions(), self._directory()
        of, kept = self._kept.get(standard.ref, (None, None))
        if kept is None or of is not editions or kept.directory is not directory:
            kept = Office(
                standard=standard,
                calendar=self.calendar(standard.agency.code),
                directory=directory,
                legal_bases=self.legal_bases,
                data_law=self._data_law,
                kept_calendars=partial(self.calendar_in, standard.agency.code),
            )
            self._kept[standard.ref] = (editions, kept)
        return kept
