"""The office a decision is taken in, and the act that asks for it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
from msgspec.structs import replace

from domain import deadlines, errors, exemptions
from domain.calendar import Calendar
from domain.clocks import RunningClock
from domain.data_law import DataLaw
from domain.due import Due
from domain.exemptions import LegalCatalogue
from domain.ranks import RANKS
from domain.stand_ins import StandIn
from domain.standard import ServiceStandard
from domain.units import UnitChange, path_on
from domain.values import AgencyCode, LegalBasisCode, OfficialId, Role

_FIVE_YEARS = timedelta(days=1826)


class Official(msgspec.Struct, frozen=True):
    """An official in one agency; `unit` is a path such as `kelembagaan/analisis`."""

    id: OfficialId
    agency: AgencyCode
    name: str
    roles: tuple[Role, ...]
    unit: str | None = None
    disabled: bool = False

    @property
    def rank(self) -> int | None:
        """The highest rank held, 0 being the highest; none for desk roles."""
        ranks = [RANKS[role] for role in self.roles if role in RANKS]
        return min(ranks) if ranks else None

    def outranks(self, other: "Official") -> bool:
        """Whether this official's rank is the higher one; without a rank it is not."""
        if self.rank is None:
            return False
        return other.rank is None or self.rank < other.rank

    def is_over(self, unit: str | None) -> bool:
        """Whether a unit is this official's own or lies below it."""
        if self.unit is None or unit is None:
            return True
        return unit == self.unit or unit.startswith(f"{self.unit}/")


class Directory(msgspec.Struct, frozen=True):
    """The officials of every agency, as they are at the moment of a decision."""

    officials: Mapping[tuple[OfficialId, AgencyCode], Official]
    """Each with the unit under which he was entered."""
    unit_changes: tuple[UnitChange, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()
    day: date | None = None
    """The local day whose units are told; None tells them as entered."""

    def find(self, official: OfficialId, agency: AgencyCode) -> Official | None:
        """The official in that agency, unless unknown there or disabled."""
        found = self.known(official, agency)
        return None if found is None or found.disabled else found

    def known(self, official: OfficialId, agency: AgencyCode) -> Official | None:
        """The official in that agency, in office or no longer."""
        found = self.officials.get((official, agency))
        if found is None or self.day is None:
            return found
        return replace(found, unit=self.path(found.unit, agency))

    def path(self, unit: str | None, agency: AgencyCode) -> str | None:
        """The path that a unit, known by any of its paths, bears on the day."""
        if unit is None or self.day is None:
            return unit
        changes = (one for one in self.unit_changes if one.agency == agency)
        return path_on(unit, changes, self.day)

    def appointed_for(
        self, official: OfficialId, agency: AgencyCode
    ) -> tuple[StandIn, ...]:
        """All who were ever appointed to act for that official."""
        return tuple(
            one
            for one in self.stand_ins
            if one.acting_for == official and one.agency == agency
        )

    def represented_by(
        self, official: OfficialId, agency: AgencyCode, day: date
    ) -> tuple[Official, ...]:
        """For whom he was appointed to act on a day; their posts may be vacant."""
        absent = dict.fromkeys(
            one.acting_for
            for one in self.stand_ins
            if one.official == official and one.agency == agency and one.covers(day)
        )
        known = (self.known(one, agency) for one in absent)
        return tuple(one for one in known if one is not None)


class Office(msgspec.Struct, frozen=True):
    """What one agency's decisions rest on: standard, calendar, officials, law."""

    standard: ServiceStandard
    calendar: Calendar
    directory: Directory
    legal_bases: LegalCatalogue
    data_law: DataLaw
    kept_calendars: Callable[[str], Calendar] | None = None
    """The calendars of earlier editions by name, where any are kept."""

    def counted_in(self, edition: str) -> Calendar:
        """The calendar of an edition that a term was counted in."""
        if self.kept_calendars is None or edition == self.calendar.edition:
            return self.calendar
        return self.kept_calendars(edition)

    def must_be_near(self, day: date, at: datetime) -> None:
        """A day that an act sets is at most five years ahead of the act."""
        last = self.calendar.date_of(at) + _FIVE_YEARS
        if day > last:
            raise errors.TooFarAheadError(day, last)

    def length_of(self, due: Due) -> int:
        """A term's days by its rule; what does not say them names its edition."""
        return deadlines.length_of(due, self.counted_in(due.calendar_edition))

    def recounted(self, clock: RunningClock) -> Due:
        """The clock's term as the calendar in force has it."""
        due = replace(clock.due, length=self.length_of(clock.due))
        return deadlines.recounted(replace(clock, due=due), self.calendar)

    @property
    def agency(self) -> AgencyCode:
        """The agency's code."""
        return self.standard.agency.code

    def on(self, at: datetime) -> "Office":
        """The office with the units of the local day of an instant."""
        day = self.calendar.date_of(at)
        return replace(self, directory=replace(self.directory, day=day))

    def must_know(self, cited: Iterable[LegalBasisCode]) -> None:
        """Every legal basis cited stands in the legal data."""
        for code in exemptions.unknown(cited, self.legal_bases):
            raise errors.UnknownLegalBasisError(code)

    def must_be_told(self, cited: Iterable[LegalBasisCode], reason: str | None) -> None:
        """The reason names the other Act wherever a legal basis rests on one."""
        for code in cited:
            if not self.legal_bases[code].is_told_by(reason):
                raise errors.ActNotNamedError(code)

    def must_know_official(self, official: OfficialId) -> Official:
        """The official of that id, who has to be in office here."""
        found = self.directory.find(official, self.agency)
        if found is None:
            raise errors.UnknownOfficialError(official)
        return found

    def objection_from(self, at: datetime) -> Due:
        """How long the requester may object to what was answered then."""
        return deadlines.objection(at, self.standard.statute, self.calendar)


class Act(msgspec.Struct, frozen=True):
    """Who does it, in which capacity, when it happened and when we were told."""

    official: Official
    role: Role
    occurred_at: datetime
    recorded_at: datetime
    said_role: bool = False
    """Whether the official named the role, so that only this one counts."""
    registration_number: str = ""
    """The next free number of the agency and year, drawn beforehand."""
    report_taken_by: UUID | None = None
    """The case that already holds this report's tracking id, if there is one."""
    receiving: Office | None = None
    """The office in which the request goes on as a case of its own, if it does."""
    acting_for: Official | None = None
    """In whose post it is done, by an appointment; None is the official's own."""

    @property
    def told_at(self) -> datetime:
        """From when it may move a term: it happened by then, and we were told."""
        return max(self.occurred_at, self.recorded_at)

    @property
    def holder(self) -> Official:
        """Whose post it is done in: his roles, unit and assignments count."""
        return self.acting_for or self.official

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that may serve for this act."""
        return (self.role,) if self.said_role else self.holder.roles
