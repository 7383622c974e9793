"""A case with an objection to it: acts on either, each of which names its time."""

from datetime import datetime
from uuid import UUID

import pytest

from domain import commands, events, evolution, objecting, objection
from domain.case import Case
from domain.clock_faces import ClockFace, faces
from domain.decisions import decide
from domain.errors import RuleBrokenError
from domain.facts import By, Fact
from domain.objection import Objection
from domain.office import Act
from domain.outcome import ItemOutcome
from domain.values import (
    Clock,
    ClockState,
    Digest,
    Filer,
    ObjectionGround,
    ObjectionRuling,
    OfficialId,
)
from tests.domain.offices import OFFICES, PPID, SUPERIOR
from tests.domain.scenarios import Given, Happened
from tests.domain.words import CASE, WORDS

OBJECTION = UUID("00000000-0000-4000-8000-000000000005")


def filing(
    ground: ObjectionGround,
    filed_by: Filer = Filer.REQUESTER,
    power_of_attorney: Digest | None = None,
) -> commands.FileObjection:
    """The wish to object."""
    return commands.FileObjection(
        objection=OBJECTION,
        case=CASE,
        ground=ground,
        facts=WORDS,
        filed_by=filed_by,
        power_of_attorney=power_of_attorney,
    )


def ruling(
    decision: ObjectionRuling, *items: ItemOutcome, letter_number: str | None = None
) -> commands.DecideObjection:
    """The wish to decide on it."""
    return commands.DecideObjection(
        case=CASE,
        objection=OBJECTION,
        decision=decision,
        reason="pertimbangan atasan",
        items=items,
        letter_number=letter_number,
    )


NOTE = commands.NoteDispute(
    commission_number="003/V/KI-NTT/2026", status="diregistrasi"
)


class Proceedings:
    """One case, and one objection to it as far as it has come."""

    def __init__(self, *happened: Happened | tuple[Happened, ...]) -> None:
        case = Given(*happened).case
        assert case is not None
        self.case: Case = case
        self.office = OFFICES[case.agency]
        self.objection: Objection | None = None

    def act(
        self,
        command: commands.AnyCommand,
        by: OfficialId,
        at: datetime,
        *,
        acting_for: OfficialId | None = None,
    ) -> tuple[Fact, ...]:
        """Decide and enter; a refusal is raised before anything is entered."""
        office, agency = self.office, self.case.agency
        official = office.directory.officials[by, agency]
        absent = office.directory.officials.get((acting_for or "", agency))
        act = Act(
            official=official,
            role=(absent or official).roles[0],
            occurred_at=at,
            recorded_at=at,
            acting_for=absent,
        )
        if isinstance(command, commands.ObjectionCommand):
            facts = objecting.decide(self.objection, self.case, command, act, office)
        else:
            assert isinstance(command, commands.RequestCommand)
            facts = decide(self.case, command, act, office)
        for fact in facts:
            self.enter(fact.event, by, at)
        return facts

    def file(self, ground: ObjectionGround, at: datetime) -> "Proceedings":
        """The requester objects."""
        self.act(filing(ground), PPID, at)
        return self

    def rule(
        self, decision: ObjectionRuling, at: datetime, *items: ItemOutcome
    ) -> "Proceedings":
        """The PPID's superior decides."""
        self.act(ruling(decision, *items), SUPERIOR, at)
        return self

    def refuses(
        self,
        error: type[RuleBrokenError],
        command: commands.AnyCommand,
        by: OfficialId,
        at: datetime,
        **fields: object,
    ) -> None:
        """This very rule is broken, and nothing has changed."""
        before = (self.case, self.objection)
        with pytest.raises(error) as refusal:
            self.act(command, by, at)
        assert type(refusal.value) is error
        assert refusal.value.facts() == fields
        assert (self.case, self.objection) == before

    def clocks(self, now: datetime) -> dict[Clock, ClockState]:
        """How the objection's clocks stand."""
        return {clock: face.state for clock, face in self.shown(now).items()}

    def shown(self, now: datetime) -> dict[Clock, ClockFace]:
        """The objection's clocks as people see them."""
        assert self.objection is not None
        office = self.office
        found = faces(
            self.objection.clocks, office.standard.statute, office.calendar, now
        )
        assert len({face.clock for face in found}) == len(found)
        return {face.clock: face for face in found}

    def enter(self, event: events.AnyEvent, official: OfficialId, at: datetime) -> None:
        """A fact about the case or the objection."""
        by = By(official, at)
        if isinstance(event, events.CASE_EVENTS):
            self.case = evolution.evolve(self.case, event, by)
        else:
            assert isinstance(event, events.OBJECTION_EVENTS)
            self.objection = objection.evolve(self.objection, event, by)
