"""A matter on paper: its requests, complaints and objections, told act by act."""

from datetime import datetime
from uuid import UUID

import pytest

from domain import (
    commands,
    complaining,
    complaint,
    decisions,
    events,
    evolution,
    objecting,
    objection,
)
from domain.case import Case
from domain.clock_faces import ClockFace
from domain.complaint import Complaint
from domain.errors import RuleBrokenError
from domain.facts import By, Fact
from domain.objection import Objection
from domain.office import Act, Office
from domain.values import AgencyCode, Clock, OfficialId
from tests.domain.offices import BPPD, OFFICES
from tests.domain.scenarios import wita
from tests.domain.watch import shown
from tests.domain.words import CASE, COMPLAINT


class Matter:
    """What one person wants of an agency; both agencies keep their papers in it."""

    def __init__(self, agency: AgencyCode = BPPD, stead: Office | None = None) -> None:
        """`stead` is the agency's office where it is not as usual that day."""
        self.agency = agency
        self.offices = OFFICES if stead is None else {**OFFICES, agency: stead}
        self.histories: dict[UUID, list[events.AnyEvent]] = {}
        self.cases: dict[UUID, Case] = {}
        self.complaints: dict[UUID, Complaint] = {}
        self.objections: dict[UUID, Objection] = {}
        self.receipts = 0

    @property
    def case(self) -> Case:
        """The first request."""
        return self.cases[CASE]

    @property
    def complaint(self) -> Complaint:
        """The complaint about it, or about nothing that was asked."""
        return self.complaints[COMPLAINT]

    def act(
        self,
        command: commands.AnyCommand,
        by: OfficialId,
        at: str,
        *,
        case: UUID = CASE,
        told: str | None = None,
    ) -> tuple[Fact, ...]:
        """Decide and enter; a refusal is raised before anything is entered.

        `told` is when the register heard of it, where that was later.
        """
        about = self._about(command, case)
        office = self._office(command, about)
        act = self._act(command, by, wita(at), wita(told or at), office)
        facts = self._decide(command, about, act, office)
        by_whom = By(official=by, at=act.occurred_at)
        for fact in facts:
            self._enter(fact.stream or self._stream(command, case), fact, by_whom)
        return facts

    def refuses(
        self,
        error: type[RuleBrokenError],
        command: commands.AnyCommand,
        by: OfficialId,
        at: str,
        *,
        case: UUID = CASE,
    ) -> dict[str, object]:
        """This very rule is broken; gives what the refusal says."""
        with pytest.raises(error) as refusal:
            self.act(command, by, at, case=case)
        assert type(refusal.value) is error
        return refusal.value.facts()

    def clocks(self, now: str, case: UUID = CASE) -> dict[Clock, ClockFace]:
        """The clocks of a request as people see them."""
        return shown(self.cases[case], wita(now))

    def history(self, stream: UUID = CASE) -> list[type[events.AnyEvent]]:
        """What happened, in order."""
        return [type(event) for event in self.histories[stream]]

    def _about(self, command: commands.AnyCommand, case: UUID) -> Case | None:
        if isinstance(command, commands.Receive | commands.ComplaintCommand):
            return None
        return self.cases.get(getattr(command, "case", case))

    def _office(self, command: commands.AnyCommand, about: Case | None) -> Office:
        if isinstance(command, commands.ComplaintCommand):
            return self.offices[self.complaint.agency]
        return self.offices[self.agency if about is None else about.agency]

    def _act(
        self,
        command: commands.AnyCommand,
        by: OfficialId,
        at: datetime,
        told: datetime,
        office: Office,
    ) -> Act:
        official = office.directory.officials[by, office.agency]
        to_agency = getattr(command, "to_agency", None)
        self.receipts += 1
        return Act(
            official=official,
            role=official.roles[0],
            occurred_at=at,
            recorded_at=told,
            registration_number=f"{office.agency}-{self.receipts}",
            receiving=self.offices[to_agency] if to_agency else office,
        )

    def _decide(
        self,
        command: commands.AnyCommand,
        about: Case | None,
        act: Act,
        office: Office,
    ) -> tuple[Fact, ...]:
        if isinstance(command, commands.ComplaintCommand):
            return complaining.decide(self.complaint, command, act, office)
        if isinstance(command, commands.ObjectionCommand):
            assert about is not None
            standing = next(iter(self.objections.values()), None)
            return objecting.decide(standing, about, command, act, office)
        assert isinstance(command, commands.RequestCommand)
        return decisions.decide(about, command, act, office)

    def _stream(self, command: commands.AnyCommand, case: UUID) -> UUID:
        if isinstance(command, commands.ComplaintCommand):
            return COMPLAINT
        objection_id = getattr(command, "objection", None)
        if isinstance(command, commands.NoteDispute):
            objection_id = next(iter(self.objections))
        return case if objection_id is None else objection_id

    def _enter(self, stream: UUID, fact: Fact, by: By) -> None:
        event = fact.event
        self.histories.setdefault(stream, []).append(event)
        if isinstance(event, events.CASE_EVENTS):
            self.cases[stream] = evolution.evolve(self.cases.get(stream), event, by)
        elif isinstance(event, events.COMPLAINT_EVENTS):
            before = self.complaints.get(stream)
            self.complaints[stream] = complaint.evolve(before, event, by)
        elif isinstance(event, events.OBJECTION_EVENTS):
            filed = self.objections.get(stream)
            self.objections[stream] = objection.evolve(filed, event, by)
