"""A request from beginning to end, told in acts of which each names its time."""

from datetime import datetime
from uuid import UUID, uuid4

from domain import commands, events
from domain.case import Case
from domain.outcome import ItemOutcome
from domain.values import AgencyCode, Clock, DraftKind, Requirement, Role, Stage
from tests.domain.offices import (
    ANALYST,
    CLERK,
    DIVISION_HEAD,
    HEAD,
    RECEPTIONIST,
    SUBDIVISION_HEAD,
)
from tests.domain.paper import PaperRegister
from tests.domain.scenarios import wita
from tests.domain.watch import shown
from tests.domain.words import (
    DOCUMENT,
    IDENTITY,
    PERSON,
    WORDS,
)

SHOWN = frozenset({Requirement.IDENTITY_SHOWN})


class Story:
    """One request in its agency; every act names its time."""

    def __init__(self, agency: AgencyCode) -> None:
        self.agency = agency
        self.register = PaperRegister()
        self.id: UUID = uuid4()

    @property
    def case(self) -> Case:
        return self.register.cases[self.id]

    def act(self, command: commands.RequestCommand, by: str, at: str) -> None:
        self.register.carry_out(
            self.id, command, by=by, at=wita(at), agency=self.agency
        )

    def clock(self, clock: Clock, now: datetime):
        return shown(self.case, now)[clock]

    def visit(self, at: str, card: str | None = "ktp", has=SHOWN) -> None:
        command = commands.ReceiveAtCounter(
            person=PERSON,
            identity=IDENTITY,
            words=WORDS,
            items=1,
            has=has,
            id_card=card,
        )
        self.act(command, RECEPTIONIST, at)

    def direct(self, to: str, at: str) -> None:
        command = commands.GiveDirection(to=to, directed_by=HEAD)
        self.act(command, RECEPTIONIST, at)

    def letter(self, at: str, proof: Requirement, addressee: Role) -> None:
        command = commands.ReceiveLetter(
            person=PERSON,
            identity=IDENTITY,
            words=WORDS,
            items=1,
            has=frozenset({proof}),
            letter=events.LetterReceipt(addressee=addressee),
        )
        self.act(command, CLERK, at)

    def write(self, item: ItemOutcome, kind: DraftKind, at: str) -> None:
        command = commands.Draft(kind=kind, items=(item,), document=DOCUMENT)
        self.act(command, ANALYST, at)

    def approve(self, at: str, draft: int = 1, head: commands.Approve | None = None):
        for superior in (SUBDIVISION_HEAD, DIVISION_HEAD):
            self.act(commands.Approve(draft=draft), superior, at)
        self.act(head or commands.Approve(draft=draft), HEAD, at)

    def finish_visit(self, at: str) -> None:
        self.act(commands.ReturnIdCard(to="visitor"), RECEPTIONIST, at)
        self.act(commands.Close(), RECEPTIONIST, at)
        assert self.case.stage is Stage.CLOSED
        assert not self.case.holds_id_card
