"""A register on paper: carries commands out in memory, as the desk does for good."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from uuid import UUID

import msgspec
from msgspec.structs import replace

from domain import (
    breaching,
    complaining,
    data_rights,
    events,
    histories,
    objecting,
    retention,
)
from domain.breach import Breach
from domain.calendar import Calendar
from domain.case import Case
from domain.commands import (
    BreachCommand,
    Complain,
    ComplaintCommand,
    DataRequestCommand,
    DecideRetention,
    NoteVisit,
    ObjectionCommand,
    Receive,
    ReceiveReport,
    RequestCommand,
    ReviewReport,
    Transfer,
)
from domain.complaint import Complaint
from domain.data_request import DataRequest
from domain.decisions import decide
from domain.facts import By, Fact
from domain.histories import Matter, is_over
from domain.holds import concerned
from domain.objection import Objection
from domain.office import Act, Office
from domain.recomputing import recompute
from domain.stand_ins import StandIn
from domain.standing_in import decided_in_first
from domain.values import AgencyCode, Capacity, OfficialId, Role
from tests.domain.offices import DIVISION_HEAD, HEAD, OFFICES, PPID
from tests.domain.scenarios import in_posts


def _with_plt(office: Office) -> Office:
    """The office in whose head's stead one division head was appointed to act."""
    plt = StandIn(
        agency=office.agency,
        official=DIVISION_HEAD,
        acting_for=HEAD,
        capacity=Capacity.ACTING,
        first=date(2026, 1, 1),
        last=None,
        decree="SP 800/1/2026",
    )
    return replace(office, directory=replace(office.directory, stand_ins=(plt,)))


WITH_PLT = {code: _with_plt(office) for code, office in OFFICES.items()}


OF_NO_MATTER = (
    events.DeadlineRecomputed,
    events.ProcessingRestricted,
    events.RestrictionLifted,
    events.PersonalDataErased,
)
"""What happens to a matter from outside, however far it has come."""


class Line(msgspec.Struct, frozen=True):
    """A fact as it was entered."""

    version: int
    event: events.AnyEvent
    by: OfficialId
    at: datetime
    told_at: datetime | None = None

    @property
    def teller(self) -> By:
        """Who entered it, when it happened, and when he did."""
        return By(self.by, self.at, self.told_at)


class PaperRegister:
    """Histories, the cases they fold to, and the counters of both agencies."""

    def __init__(self) -> None:
        self.histories: dict[UUID, list[Line]] = {}
        self.offices = dict(WITH_PLT)
        """As they are by now: calendars are announced."""
        self.cases: dict[UUID, Case] = {}
        self.saved: dict[UUID, list[Case]] = {}
        """Each case as it stood after each of its entries."""
        self.complaints: dict[UUID, Complaint] = {}
        self.objections: dict[UUID, Objection] = {}
        self.data_requests: dict[UUID, DataRequest] = {}
        self.breaches: dict[UUID, Breach] = {}
        self.numbers: dict[AgencyCode, list[str]] = {code: [] for code in OFFICES}
        self.reports: dict[str, UUID] = {}

    def carry_out(
        self,
        subject: UUID,
        command: RequestCommand,
        *,
        by: OfficialId,
        at: datetime,
        agency: AgencyCode | None = None,
        role: Role | None = None,
        told_at: datetime | None = None,
    ) -> tuple[Fact, ...]:
        """Decide and enter; a refusal is raised before anything is entered."""
        about = command.case if isinstance(command, Complain) else subject
        is_new = isinstance(command, Receive | NoteVisit) or about is None
        case = None if is_new or about is None else self.cases[about]
        office = self.offices[case.agency if case else agency or ""]
        report = command.lapor.tracking_id if isinstance(command, ReceiveReport) else ""
        official = office.directory.officials[by, office.agency]
        receiving = self.offices[_opens_in(command) or office.agency]
        prefix = receiving.standard.agency.prefix
        given = self.numbers[receiving.agency]
        number = f"{prefix}-2026-{len(given) + 1:05d}"
        own = Act(
            official=official,
            role=role or official.roles[0],
            said_role=role is not None,
            occurred_at=at,
            recorded_at=told_at or at,
            registration_number=number,
            report_taken_by=self.reports.get(report),
            receiving=receiving,
        )
        _, facts = decided_in_first(
            in_posts(own, command, office),
            lambda act: decide(case, command, act, office),
        )
        if any(isinstance(fact.event, events.Received) for fact in facts):
            given.append(number)
        if report:
            self.reports[report] = subject
        for fact in facts:
            self._enter(fact.stream or subject, fact.event, By(by, at, told_at))
        return facts

    def handle_complaint(
        self,
        complaint: UUID,
        command: ComplaintCommand,
        *,
        by: OfficialId,
        at: datetime,
        told_at: datetime,
    ) -> None:
        """Decide about a complaint and enter it; a refusal enters nothing."""
        known = self.complaints[complaint]
        office = self._without_plt(known.agency)
        official = office.directory.officials[by, known.agency]
        act = Act(
            official=official,
            role=official.roles[0],
            occurred_at=at,
            recorded_at=told_at,
        )
        for fact in complaining.decide(known, command, act, office):
            self._enter(complaint, fact.event, By(by, at))

    def contest(
        self,
        objection: UUID,
        command: ObjectionCommand,
        *,
        case: UUID,
        by: OfficialId,
        at: datetime,
    ) -> tuple[Fact, ...]:
        """Decide about an objection and enter it; a refusal enters nothing."""
        about, known = self.cases[case], self.objections.get(objection)
        office = self._without_plt(about.agency)
        official = office.directory.officials[by, about.agency]
        act = Act(
            official=official, role=official.roles[0], occurred_at=at, recorded_at=at
        )
        facts = objecting.decide(known, about, command, act, office)
        for fact in facts:
            self._enter(fact.stream or objection, fact.event, By(by, at))
        return facts

    def announce(self, calendars: Mapping[AgencyCode, Calendar], at: datetime) -> None:
        """Other calendars come into force, and every matter that is not over moves."""
        for agency, calendar in calendars.items():
            office = self.offices[agency]
            kept = partial(_counted_in, office, calendar)
            self.offices[agency] = replace(
                office, calendar=calendar, kept_calendars=kept
            )
        for stream, matter in self.matters.items():
            office = self.offices[matter.agency]
            event = None
            if not is_over(matter):
                event = recompute(matter.clocks, at, office.counted_in, office.calendar)
            if event is not None:
                self._enter(stream, event, By("", matter.last_at, at))

    @property
    def matters(self) -> dict[UUID, Matter]:
        """Everything that is folded, by its history."""
        return {
            **self.cases,
            **self.complaints,
            **self.objections,
            **self.data_requests,
            **self.breaches,
        }

    def protect(
        self,
        subject: UUID,
        command: DataRequestCommand | BreachCommand | DecideRetention,
        *,
        case: UUID,
        beside: Iterable[UUID] = (),
        at: datetime,
    ) -> tuple[Fact, ...]:
        """Decide about a person's data and enter it; a refusal enters nothing."""
        matters = self.matters
        agency = self.cases[case].agency
        office = self._without_plt(agency)
        official = office.directory.officials[PPID, agency]
        act = Act(
            official=official, role=official.roles[0], occurred_at=at, recorded_at=at
        )
        found = (
            concerned(one, matters[one], self._without_plt(matters[one].agency))
            for one in (case, *beside)
        )
        parties = [one for one in found if one is not None]
        known = matters.get(subject)
        if isinstance(command, DecideRetention):
            about = self.cases[case]
            facts = retention.decide(about, parties, command, act, office)
        elif isinstance(command, DataRequestCommand):
            assert known is None or isinstance(known, DataRequest)
            facts = data_rights.decide(known, parties, command, act, office)
        else:
            assert known is None or isinstance(known, Breach)
            facts = breaching.decide(known, command, act, office)
        for fact in facts:
            self._enter(fact.stream or subject, fact.event, By(PPID, at, at))
        return facts

    def _without_plt(self, agency: AgencyCode) -> Office:
        """The office in which nobody acts for the head."""
        directory = OFFICES[agency].directory
        return replace(self.offices[agency], directory=directory)

    def _enter(self, stream: UUID, event: events.AnyEvent, by: By) -> None:
        history = self.histories.setdefault(stream, [])
        line = Line(len(history) + 1, event, by.official, by.at, by.told_at)
        history.append(line)
        match histories.evolve(self.matters.get(stream), event, by):
            case Case() as case:
                self.cases[stream] = case
                self.saved.setdefault(stream, []).append(case)
            case Complaint() as complaint:
                self.complaints[stream] = complaint
            case Objection() as objection:
                self.objections[stream] = objection
            case DataRequest() as request:
                self.data_requests[stream] = request
            case Breach() as breach:
                self.breaches[stream] = breach
            case None:
                pass


def _counted_in(before: Office, calendar: Calendar, edition: str) -> Calendar:
    return calendar if edition == calendar.edition else before.counted_in(edition)


def acts(history: Sequence[Line]) -> list[Line]:
    """What somebody did about the matter itself."""
    return [line for line in history if not isinstance(line.event, OF_NO_MATTER)]


def is_in_hands_of(official: OfficialId, assignee: OfficialId | None) -> bool:
    """Whether a matter is his to answer, or the head's for whom he acts."""
    is_plt = official == DIVISION_HEAD and assignee == HEAD
    return official == assignee or is_plt


def _opens_in(command: RequestCommand) -> AgencyCode | None:
    """The other agency in which a command opens a case."""
    return command.to_agency if isinstance(command, Transfer) else None


def complaint_of(command: RequestCommand) -> UUID | None:
    """The complaint that a command may open."""
    if isinstance(command, Complain | ReviewReport):
        return command.complaint
    return None
