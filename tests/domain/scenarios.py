"""The language of the domain's tests: given what happened, when somebody acts, then.

`Given(visited(), disposed(oral=True)).when(REFUSE, by=ANALYST).then(event)`. Every
fact happens a minute after the one before unless it says `at`; the act too.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

import msgspec
from msgspec.structs import replace

from domain import events
from domain.case import Case
from domain.commands import AnyCommand, RequestCommand
from domain.decisions import decide
from domain.errors import RuleBrokenError
from domain.evolution import evolve
from domain.facts import By, Fact
from domain.office import Act, Office
from domain.standing_in import decided_in_first, posts
from domain.values import AgencyCode, OfficialId, Role
from tests.domain.offices import BPPD, OFFICES

MORNING = datetime.fromisoformat("2026-02-10T09:05:00+08:00")
MINUTE = timedelta(minutes=1)
NUMBER = "BPPD-2026-00001"


def wita(text: str) -> datetime:
    """An instant as an office in Kupang says it, `2026-02-10 09:05`."""
    return datetime.fromisoformat(f"{text}+08:00")


class Happened(msgspec.Struct, frozen=True):
    """A fact of the past: what, by whom, and when if that matters."""

    event: events.CaseEvent
    by: OfficialId
    at: datetime | None = None


def in_posts(own: Act, command: AnyCommand, office: Office) -> list[Act]:
    """An act in every post in which the official may try it; the said role is kept."""
    return [
        own
        if holder is None
        else replace(
            own, acting_for=holder, role=own.role if own.said_role else holder.roles[0]
        )
        for holder in posts(command, own.official, office, own.occurred_at)
        if holder is None or not own.said_role or own.role in holder.roles
    ]


def fold(happened: Iterable[Happened]) -> Case | None:
    """The case after what happened."""
    case: Case | None = None
    at = MORNING - MINUTE
    for each in happened:
        at = each.at or at + MINUTE
        case = evolve(case, each.event, By(official=each.by, at=at))
    return case


class Given:
    """What happened before; nothing, for a creation in the office of `agency`."""

    def __init__(
        self,
        *happened: Happened | tuple[Happened, ...],
        agency: AgencyCode = BPPD,
        office: Office | None = None,
    ) -> None:
        self.past: list[Happened] = []
        for each in happened:
            self.past.extend(each if isinstance(each, tuple) else (each,))
        self.case = fold(self.past)
        self.office = office or OFFICES[self.case.agency if self.case else agency]

    def when(
        self,
        command: RequestCommand,
        *,
        by: OfficialId,
        at: datetime | None = None,
        role: Role | None = None,
        report_taken_by: UUID | None = None,
        receiving: Office | None = None,
    ) -> "Then":
        """Somebody acts, in his first role unless he says another.

        What is not his to do he does in the post of an absent official, if he may.
        What goes on as a case of its own goes on in the same office, unless said.
        """
        official = self.office.directory.officials[by, self.office.agency]
        occurred_at = at or (self.case.last_at + MINUTE if self.case else MORNING)
        own = Act(
            official=official,
            role=role or official.roles[0],
            said_role=role is not None,
            occurred_at=occurred_at,
            recorded_at=occurred_at,
            registration_number=NUMBER,
            report_taken_by=report_taken_by,
            receiving=receiving or self.office,
        )
        try:
            act, facts = decided_in_first(
                in_posts(own, command, self.office),
                lambda act: decide(self.case, command, act, self.office),
            )
        except RuleBrokenError as refusal:
            return Then(self.case, own, (), refusal)
        return Then(self.case, act, facts, None)


class Then:
    """What came of it."""

    def __init__(
        self,
        before: Case | None,
        act: Act,
        facts: tuple[Fact, ...],
        refusal: RuleBrokenError | None,
    ) -> None:
        self.before = before
        self.act = act
        self.facts = facts
        self.refusal = refusal

    def then(self, *expected: events.AnyEvent | Fact) -> Self:
        """These facts and no others, in this order."""
        assert self.refusal is None, f"{self.refusal!r} {self.refusal.facts()}"
        assert self.facts == tuple(
            each if isinstance(each, Fact) else Fact(event=each) for each in expected
        )
        return self

    def then_refused(self, error: type[RuleBrokenError], **fields: object) -> None:
        """This very rule was broken, and the refusal says by what."""
        assert type(self.refusal) is error, f"{self.refusal!r} {self.facts}"
        assert self.refusal.facts() == fields

    @property
    def case(self) -> Case:
        """The case afterwards."""
        assert self.refusal is None, f"{self.refusal!r} {self.refusal.facts()}"
        case = self.before
        by = By(official=self.act.official.id, at=self.act.occurred_at)
        for fact in self.facts:
            if fact.stream is None:
                assert isinstance(fact.event, events.CaseEvent)
                case = evolve(case, fact.event, by)
        assert case is not None
        return case

    def leaves(self, **fields: object) -> Self:
        """The case afterwards has these fields."""
        case = self.case
        assert {name: getattr(case, name) for name in fields} == fields
        return self
