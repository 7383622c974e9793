"""A walk: several cases of both agencies on one paper register, a clock that moves.

Every step checks that a refused command changed nothing, and that what an accepted one
left behind obeys the laws.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID, uuid5

import msgspec
from msgspec.structs import replace

from domain import commands, errors, events
from domain.calendar import Calendar, Holiday, HolidayKind
from domain.commands import AnyCommand, RequestCommand
from domain.errors import RuleBrokenError
from domain.facts import Fact
from domain.open_acts import Turn, open_to
from domain.standing_in import posts
from domain.values import (
    AgencyCode,
    Clock,
    ClockState,
    LaporMedium,
    Requirement,
    RetentionChoice,
    Role,
    VisitOutcome,
)
from tests.domain import (
    laws,
    laws_of_complaints,
    laws_of_data,
    laws_of_hindsight,
    laws_of_objections,
)
from tests.domain.dice import Dice, Move
from tests.domain.moves import next_move
from tests.domain.moves_about_complaints import about_complaint
from tests.domain.moves_about_data import Protecting, about_data
from tests.domain.moves_about_objections import ObjectionMove, about_objections
from tests.domain.moves_of_clocks import by_the_head
from tests.domain.offices import (
    BIRO,
    BPPD,
    CLERK,
    DIRECTORY,
    LIAISON,
    RECEPTIONIST,
)
from tests.domain.paper import Line, PaperRegister, complaint_of
from tests.domain.scenarios import MORNING
from tests.domain.strays import stray
from tests.domain.watch import shown
from tests.domain.words import CASE, IDENTITY, PERSON, WORDS

T = TypeVar("T")
WORDS_OF_ACTS = {
    commands.GiveDirection: "direction",
    commands.ReviewReport: "review",
    commands.Dispose: "disposition",
    commands.Draft: "draft",
    commands.RecordConsequenceTest: "consequence-test",
    commands.Approve: "approval",
    commands.ReturnForCorrection: "correction",
    commands.RefuseAtCounter: "refusal",
    commands.Deliver: "delivery",
    commands.ArrangePickup: "pickup",
    commands.RecordCollection: "collection",
    commands.RecordMissedPickup: "pickup-missed",
    commands.ReturnIdCard: "identity-return",
    commands.NoteOverrun: "overrun",
    commands.RequestCompletion: "completion-request",
    commands.ReceiveCompletion: "completion",
    commands.Lapse: "lapse",
    commands.Withdraw: "withdrawal",
    commands.Transfer: "transfer",
    commands.Convert: "conversion",
    commands.Extend: "extension",
    commands.Pause: "pause",
    commands.Resume: "resumption",
    commands.CorrectFact: "fact-correction",
    commands.Close: "closing",
    commands.Reopen: "reopening",
    commands.ImportLaporStatus: "lapor-status",
}
"""What `turns` calls the act of a command."""
NEVER_OFFERED = (
    errors.WrongStageError,
    errors.WrongChannelError,
    errors.NotTheAssignedOfficialError,
    errors.NotDisposedToYouError,
    errors.NotAddressedToYouError,
    errors.ApproverIsDrafterError,
    errors.AlreadyApprovedError,
    errors.NotFinallyApprovedError,
    errors.IdCardHeldError,
    errors.NoIdCardHeldError,
    errors.TargetNotOverrunError,
    errors.LapseTooEarlyError,
    errors.ExtensionUsedError,
    errors.NotPausedError,
)
"""Rules that need nothing of the command, so that nobody is led to break them."""
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=20),
    timedelta(days=1),
    timedelta(days=11),
    timedelta(days=50),
)


class Walk:
    """What has been done so far, and what came of it."""

    def __init__(self) -> None:
        self.register = PaperRegister()
        self.now = MORNING
        self.wishes = 0
        self.accepted: list[type[AnyCommand]] = []
        self.refused: list[type[RuleBrokenError]] = []
        self.missed: set[tuple[UUID, Clock, datetime]] = set()

    def wait(self, dice: Dice) -> None:
        """Time passes, and terms with it."""
        self.now += dice(WAITS)
        for subject in self.register.cases:
            self._clocks_hold(subject)

    def announce(self, dice: Dice) -> None:
        """A day is freed after all, or is worked after all, in either agency."""
        self.wishes += 1
        days = timedelta(days=dice((-12, -5, -1, 0, 1, 2, 5, 12)))
        calendars: dict[AgencyCode, Calendar] = {}
        for code, office in self.register.offices.items():
            holidays = dict(office.calendar.holidays)
            day = office.calendar.date_of(self.now) + days
            if holidays.pop(day, None) is None:
                free = Holiday(day, "Hari libur", HolidayKind.LOCAL, "SK 1")
                holidays[day] = free
            calendars[code] = replace(
                office.calendar, edition=f"id-{self.wishes}", holidays=holidays
            )
        self.register.announce(calendars, self.now)
        for subject, case in self.register.cases.items():
            laws.holds(self.register.histories[subject], case)
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

    def lead(self, dice: Dice) -> None:
        """The head moves clocks or corrects what was told, now and then wrongly."""
        self._act(dice, lambda case, _subject, _n, dice: by_the_head(case, dice))

    def stray(self, dice: Dice) -> None:
        """Somebody does anything at all."""
        self._act(dice, stray)

    def handle_complaint(self, dice: Dice) -> None:
        """Somebody does something about a complaint."""
        register = self.register
        if not register.complaints:
            return
        subject = dice(tuple(register.complaints))
        move = about_complaint(register.complaints[subject], dice)
        before = self._photograph(subject)
        at = self.now - move.early
        try:
            register.handle_complaint(
                subject, move.command, by=move.by, at=at, told_at=self.now
            )
        except RuleBrokenError as refusal:
            self._refused(refusal, was_offered=False)
            assert self._photograph(subject) == before
            return
        self.accepted.append(type(move.command))
        complaint = register.complaints[subject]
        laws_of_complaints.holds(register.histories[subject], complaint)

    def contest(self, dice: Dice) -> None:
        """Somebody files an objection, or does something about one."""
        register = self.register
        if not register.cases:
            return
        self.wishes += 1
        move = about_objections(register.cases, register.objections, self.wishes, dice)
        before = self._photograph(move.case)
        known = tuple(register.histories[move.case])
        try:
            facts = register.contest(
                move.subject,
                move.command,
                case=move.case,
                by=move.by,
                at=self.now - move.early,
            )
        except RuleBrokenError as refusal:
            self._refused(refusal, was_offered=False)
            assert self._photograph(move.case) == before
            return
        self.accepted.append(type(move.command))
        self._objection_holds(move, facts, known)

    def protect(self, dice: Dice) -> None:
        """Somebody wishes something of his data, or they were not protected."""
        register = self.register
        if not register.cases:
            return
        self.wishes += 1
        case = dice(tuple(register.cases))
        move = about_data(register.matters, case, self.wishes, dice)
        self._protect(
            move.subject, move.command, case=case, dice=dice, at=self.now - move.early
        )

    def retire(self, dice: Dice) -> None:
        """Years later somebody looks at every file, and says what becomes of it."""
        self.now += timedelta(days=dice((400, 2_500, 2_500, 2_500)))
        for case in tuple(self.register.cases):
            until = dice((None, self.now.date() + timedelta(days=400)))
            command = commands.DecideRetention(
                decision=dice(tuple(RetentionChoice)), reason="-", until=until
            )
            for _ in range(2):
                self._protect(case, command, case=case, dice=dice, at=self.now)

    def _protect(
        self,
        subject: UUID,
        command: Protecting | commands.DecideRetention,
        *,
        case: UUID,
        dice: Dice,
        at: datetime,
    ) -> None:
        """The person is known by one case, and by what stands beside it."""
        register = self.register
        beside = laws_of_data.beside(register, case)
        before = self._photograph(case)
        try:
            register.protect(subject, command, case=case, beside=beside, at=at)
        except RuleBrokenError as refusal:
            self._refused(refusal, was_offered=False)
            assert self._photograph(case) == before
            return
        self.accepted.append(type(command))
        laws_of_data.holds(register, subject, case)

    def _objection_holds(
        self, move: ObjectionMove, facts: tuple[Fact, ...], known: Sequence[Line]
    ) -> None:
        """The laws of the objection, and of its case, which was `known` before."""
        register = self.register
        history, case = (register.histories[one] for one in (move.subject, move.case))
        laws_of_objections.holds(history, register.objections[move.subject])
        laws.holds(case, register.cases[move.case])
        assert len(case) == len(known) + len(facts) - 1
        if isinstance(move.command, commands.FileObjection):
            laws_of_objections.filing_holds(history[-1], known)
        if isinstance(move.command, commands.DecideObjection):
            laws_of_objections.ruling_holds(move.subject, history[-1], case)

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
        offered = self._is_offered(subject, move)
        try:
            facts = self.register.carry_out(
                subject,
                command,
                by=move.by,
                at=self.now - move.early,
                agency=agency,
                told_at=self.now,
            )
        except RuleBrokenError as refusal:
            self._refused(refusal, was_offered=bool(offered))
            assert self._photograph(subject) == before
            return
        self.accepted.append(type(command))
        assert offered is not False
        if isinstance(command, commands.CorrectFact) or move.early:
            # What was told late or wrongly may have been in time after all.
            self.missed = {one for one in self.missed if one[0] != subject}
        self._law_holds(subject, command, facts)

    def _refused(self, refusal: RuleBrokenError, *, was_offered: bool) -> None:
        self.refused.append(type(refusal))
        assert not (was_offered and isinstance(refusal, NEVER_OFFERED))
        # What a refusal tells goes out as JSON.
        msgspec.json.encode(refusal.facts(), enc_hook=str)

    def _law_holds(
        self, subject: UUID, command: RequestCommand, facts: tuple[Fact, ...]
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
            begun = (subject, clock.due.clock, clock.due.starts_at)
            if begun in self.missed:
                assert state is ClockState.MISSED
            elif state is ClockState.MISSED:
                self.missed.add(begun)

    def past_holds(self) -> None:
        """Every case's past is what it was, in both times."""
        register = self.register
        for subject, case in register.cases.items():
            history, saved = register.histories[subject], register.saved[subject]
            laws_of_hindsight.holds(history, saved, register.offices[case.agency])

    def _is_offered(self, subject: UUID, move: Move) -> bool | None:
        """Whether the act was shown to him beforehand; None where none is shown."""
        command = move.command
        word = WORDS_OF_ACTS.get(type(command))
        case = self.register.cases.get(subject)
        if word is None or case is None:
            return None
        if isinstance(command, commands.Approve) and command.acting_for is not None:
            return None
        # What is said of items belongs to the counter, and is no part of the offer.
        if isinstance(command, commands.Deliver) and command.items:
            return None
        official = DIRECTORY.officials[move.by, case.agency]
        at = self.now - move.early
        return any(
            word in open_to(Turn(case, official, role, at, holder))
            for holder in posts(
                command, official, self.register.offices[case.agency], at
            )
            for role in (holder or official).roles
        )

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
