"""A walk: several cases of both agencies on one paper register, a clock that moves.

Every step checks that a refused command changed nothing, and that what an accepted one
left behind obeys the laws.
"""

from datetime import timedelta
from typing import TypeVar
from uuid import UUID, uuid5

import msgspec

from domain import commands, events
from domain.commands import AnyCommand
from domain.errors import RuleBrokenError
from domain.facts import Fact
from domain.values import (
    AgencyCode,
    ClockState,
    Due,
    LaporMedium,
    Requirement,
    Role,
    VisitOutcome,
)
from tests.domain import laws
from tests.domain.dice import Dice, Move
from tests.domain.moves import next_move
from tests.domain.offices import BIRO, BPPD, CLERK, LIAISON, RECEPTIONIST
from tests.domain.paper import PaperRegister, complaint_of
from tests.domain.scenarios import MORNING
from tests.domain.strays import stray
from tests.domain.watch import shown
from tests.domain.words import CASE, IDENTITY, PERSON, WORDS

T = TypeVar("T")
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=20),
    timedelta(days=1),
    timedelta(days=11),
)


class Walk:
    """What has been done so far, and what came of it."""

    def __init__(self) -> None:
        self.register = PaperRegister()
        self.now = MORNING
        self.wishes = 0
        self.accepted: list[type[AnyCommand]] = []
        self.refused: list[type[RuleBrokenError]] = []
        self.missed: set[tuple[UUID, Due]] = set()

    def wait(self, dice: Dice) -> None:
        """Time passes, and terms with it."""
        self.now += dice(WAITS)
        for subject in self.register.cases:
            self._clocks_hold(subject)

    def receive(self, dice: Dice) -> None:
        """Somebody asks, complete or not."""
        self.wishes += 1
        subject = uuid5(CASE, str(self.wishes))
        agency: AgencyCode = dice((BIRO, BPPD))
        wish = dice((self._visit, self._letter, self._report, self._guest))
        self._try(subject, wish(dice), agency)

    def go_on(self, dice: Dice) -> None:
        """Somebody does what is a case's turn."""
        self._act(dice, next_move)

    def stray(self, dice: Dice) -> None:
        """Somebody does anything at all."""
        self._act(dice, stray)

    def _act(self, dice: Dice, moves) -> None:
        cases = self.register.cases
        if not cases:
            return
        self.wishes += 1
        subject = dice(tuple(cases))
        self._try(subject, moves(cases[subject], subject, self.wishes, dice), None)

    def _try(self, subject: UUID, move: Move, agency: AgencyCode | None) -> None:
        command = move.command
        before = self._photograph(subject)
        try:
            facts = self.register.carry_out(
                subject, command, by=move.by, at=self.now - move.early, agency=agency
            )
        except RuleBrokenError as refusal:
            self.refused.append(type(refusal))
            assert self._photograph(subject) == before
            msgspec.json.encode(refusal.facts(), enc_hook=str)
            return
        self.accepted.append(type(command))
        self._law_holds(subject, command, facts)

    def _law_holds(
        self, subject: UUID, command: AnyCommand, facts: tuple[Fact, ...]
    ) -> None:
        register = self.register
        complaint = complaint_of(command)
        for stream in {fact.stream or subject for fact in facts}:
            if stream == complaint:
                assert len(register.histories[stream]) == 1
            elif stream in register.cases:
                laws.holds(register.histories[stream], register.cases[stream])
        self._clocks_hold(subject)
        for numbers in register.numbers.values():
            assert [int(number[-5:]) for number in numbers] == list(
                range(1, len(numbers) + 1)
            )

    def _clocks_hold(self, subject: UUID) -> None:
        """A clock that was missed once is missed for good."""
        case = self.register.cases.get(subject)
        if case is None:
            return
        shown(case, self.now)
        for clock in case.clocks:
            state = clock.state(self.now)
            if (subject, clock.due) in self.missed:
                assert state is ClockState.MISSED
            elif state is ClockState.MISSED:
                self.missed.add((subject, clock.due))

    def _photograph(self, subject: UUID) -> tuple[bytes, int, int, int]:
        """What a refused command must leave as it was."""
        register = self.register
        return (
            msgspec.json.encode(register.cases.get(subject)),
            sum(map(len, register.histories.values())),
            sum(map(len, register.numbers.values())),
            len(register.reports),
        )

    def _visit(self, dice: Dice) -> Move:
        shown_or_not = frozenset({Requirement.IDENTITY_SHOWN})
        command = commands.ReceiveAtCounter(
            person=PERSON,
            identity=IDENTITY,
            words=WORDS,
            items=dice((1, 1, 2, 3)),
            has=dice((shown_or_not, shown_or_not, shown_or_not, frozenset())),
            id_card=dice((None, "ktp")),
        )
        return Move(command, RECEPTIONIST)

    def _guest(self, dice: Dice) -> Move:
        outcome = dice(tuple(VisitOutcome))
        command = commands.NoteVisit(outcome=outcome, person=PERSON, words=WORDS)
        return Move(command, RECEPTIONIST)

    def _letter(self, dice: Dice) -> Move:
        addressee = dice((Role.AGENCY_HEAD, Role.REGIONAL_SECRETARY, None))
        phone = frozenset({Requirement.PHONE})
        command = commands.ReceiveLetter(
            person=PERSON,
            identity=IDENTITY,
            words=WORDS,
            items=dice((1, 1, 2, 3)),
            has=dice((phone, phone, phone, phone, frozenset())),
            letter=events.LetterReceipt(addressee=addressee),
        )
        return Move(command, CLERK)

    def _report(self, dice: Dice) -> Move:
        tracking_id = str(dice((self.wishes, self.wishes, self.wishes, 1)))
        lapor = events.LaporReceipt(
            tracking_id=tracking_id,
            medium=dice(tuple(LaporMedium)),
            submitted_at=self.now - timedelta(hours=2),
            anonymous=dice((True, False)),
        )
        both = frozenset({Requirement.NAME, Requirement.ADDRESS})
        command = commands.ReceiveReport(
            person=PERSON,
            identity=IDENTITY,
            words=WORDS,
            items=dice((1, 1, 2, 3)),
            has=dice((both, both, both, both, frozenset())),
            lapor=lapor,
            addressed_to_us=dice((True, True, True, True, False)),
        )
        return Move(command, LIAISON)
