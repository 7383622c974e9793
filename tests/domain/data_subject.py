"""A person before the office with a wish of his own data, and the matters he is in."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import pytest

from domain import commands, data_rights, events, histories, retention
from domain.case import Case
from domain.data_request import DataRequest
from domain.errors import RuleBrokenError
from domain.facts import By, Fact
from domain.histories import Matter
from domain.holds import concerned
from domain.office import Act
from domain.values import Clock, ClockState, DataRequestKind, Filer
from tests.domain.offices import BPPD, OFFICES, PPID
from tests.domain.words import CASE, PERSON, WORDS

REQUEST = UUID("00000000-0000-4000-8000-000000000006")


def wish(
    kind: DataRequestKind, *, by: Filer = Filer.REQUESTER
) -> commands.ReceiveDataRequest:
    """What the person wishes of his data."""
    return commands.ReceiveDataRequest(
        person=PERSON,
        kind=kind,
        asked_by=by,
        how="surat",
        words=WORDS,
    )


GRANT = commands.GrantDataRequest()
DEFER = commands.DeferDataRequest(reason="jangka waktu keberatan masih berjalan")
REFUSE = commands.RefuseDataRequest(legal_basis="pdp15.c", reason="penyelidikan")
ANSWER = commands.AnswerDataRequest(request=REQUEST, how="surat")
RESTRICT = commands.RestrictProcessing(request=REQUEST, how="surat")
LIFT = commands.LiftRestriction(request=REQUEST, reason="selesai")


class DataSubject:
    """One request of a person, and his matters by id, as far as they have come."""

    def __init__(self) -> None:
        self.office = OFFICES[BPPD]
        self.matters: dict[UUID, Matter] = {}
        self.request: DataRequest | None = None

    def having(self, matters: Mapping[UUID, Matter]) -> "DataSubject":
        """His data stand in these."""
        self.matters.update(matters)
        return self

    @property
    def case(self) -> Case:
        """His case."""
        case = self.matters[CASE]
        assert isinstance(case, Case)
        return case

    def act(
        self,
        command: commands.DataRequestCommand | commands.DecideRetention,
        at: datetime,
    ) -> tuple[Fact, ...]:
        """Decide and enter; a refusal is raised before anything is entered."""
        official = self.office.directory.officials[PPID, BPPD]
        act = Act(
            official=official, role=official.roles[0], occurred_at=at, recorded_at=at
        )
        found = (concerned(id_, one, self.office) for id_, one in self.matters.items())
        beside = [one for one in found if one is not None]
        if isinstance(command, commands.DecideRetention):
            facts = retention.decide(self.case, beside, command, act, self.office)
        else:
            facts = data_rights.decide(self.request, beside, command, act, self.office)
        own = CASE if isinstance(command, commands.DecideRetention) else REQUEST
        for fact in facts:
            self.enter(fact.stream or own, fact.event, By(PPID, at, at))
        return facts

    def enter(self, stream: UUID, event: events.AnyEvent, by: By) -> None:
        """A fact about the request or one of the matters."""
        if stream == REQUEST:
            after = histories.evolve(self.request, event, by)
            assert isinstance(after, DataRequest)
            self.request = after
            return
        moved = histories.evolve(self.matters[stream], event, by)
        assert moved is not None
        self.matters[stream] = moved

    def asks(self, kind: DataRequestKind, at: datetime) -> "DataSubject":
        """He asks."""
        self.act(wish(kind), at)
        return self

    def refuses(
        self,
        error: type[RuleBrokenError],
        command: commands.DataRequestCommand | commands.DecideRetention,
        at: datetime,
        **fields: object,
    ) -> None:
        """This very rule is broken, and nothing has changed."""
        before = (dict(self.matters), self.request)
        with pytest.raises(error) as refusal:
            self.act(command, at)
        assert type(refusal.value) is error
        assert refusal.value.facts() == fields
        assert (dict(self.matters), self.request) == before

    def clock(self, now: datetime) -> ClockState:
        """How the time of the request stands."""
        assert self.request is not None
        (clock,) = self.request.clocks
        assert clock.due.clock is Clock.DATA_REQUEST
        return clock.state(now)
