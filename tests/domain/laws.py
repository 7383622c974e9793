"""What every history of a case obeys, read line by line without asking the case.

The laws are told anew here, from the agency's procedure, so that a fault of the fold
does not hide a fault of a guard.
"""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from application import upcasting
from domain import events
from domain.case import Case
from domain.evolution import evolve
from domain.outcome import ItemOutcome, roll_up
from domain.values import (
    ApprovalKind,
    Capacity,
    Channel,
    DraftKind,
    LaporClass,
    MissedPickup,
    Outcome,
    Role,
    Stage,
)
from tests.domain.laws_aside import ReadingAside
from tests.domain.offices import DIRECTORY, DIVISION_HEAD, HEAD, LEGAL_BASES
from tests.domain.paper import Line, is_in_hands_of

OF_DATA = (
    events.PersonalDataCorrected,
    events.ProcessingRestricted,
    events.RestrictionLifted,
    events.PersonalDataErased,
    events.RetentionDecided,
)
"""What happens to the person's data, however far the request has come."""

AFTER_APPROVAL = (
    events.RefusedAsExempt,
    events.Delivered,
    events.PickupArranged,
    events.Collected,
    events.PickupMissed,
    events.ConsequenceTestRecorded,
    events.LaporStatusImported,
    events.Complained,
    events.Withdrawn,
    events.DeadlineExtended,
    events.ClockPaused,
    events.ClockResumed,
    events.DeadlineRecomputed,
    events.FactCorrected,
    events.Closed,
    events.Reopened,
    *OF_DATA,
)
"""What may follow a final approval until the case is opened again."""


def holds(history: Sequence[Line], case: Case) -> None:
    """Every law, for one case."""
    assert [line.version for line in history] == list(range(1, len(history) + 1))
    assert replayed(history) == case
    assert case.last_at == history[-1].at
    reading, aside = Reading(history[0]), ReadingAside(history[0])
    for before, line in pairwise(history):
        assert before.at <= line.at
        reading.read(line)
        aside.read(line)
    if case.stage in {Stage.DELIVERED, Stage.REFUSED}:
        said = [item.n for item in case.answers]
        assert sorted(said) == list(range(1, case.items + 1))
        assert case.outcome == roll_up(case.answers)


def replayed(history: Sequence[Line]) -> Case | None:
    """The case folded from what the register would have stored."""
    case: Case | None = None
    for line in history:
        tag = upcasting.tag_of(type(line.event))
        event = upcasting.decode(tag, msgspec.json.encode(line.event))
        assert isinstance(event, events.CaseEvent)
        case = evolve(case, event, line.teller)
    return case


def _is_withheld(item: ItemOutcome) -> bool:
    in_part = item.outcome is Outcome.PARTIAL and item.legal_basis
    return bool(in_part) or item.outcome is Outcome.REFUSED_AS_EXEMPT


class Reading:
    """What a reader of the history knows after each line."""

    def __init__(self, first: Line) -> None:
        assert isinstance(first.event, events.Received)
        self.received = first.event
        self.assignee: str | None = None
        self.reviewed = False
        self.holds_card = False
        self.draft: tuple[events.Drafted, str] | None = None
        self.tiers_passed = 0
        self.under_review = False
        self.final = False
        self.called = False
        self.gone = False
        self.closed = False
        self.tested: set[int] = set()
        self.agency = first.event.agency

    @property
    def is_visit(self) -> bool:
        return self.received.channel is Channel.FACE_TO_FACE

    @property
    def _would_refuse(self) -> bool:
        """Whether an approved answer withholds something, and has not left yet."""
        if self.draft is None or not self.final:
            return False
        return any(map(_is_withheld, self.draft[0].items))

    def read(self, line: Line) -> None:  # noqa: C901, PLR0912, PLR0915 - one arm for each event
        """Judge the line by what is known, then know more."""
        event = line.event
        assert not isinstance(event, events.Received)
        if self.final:
            assert isinstance(event, AFTER_APPROVAL)
        if self.closed:
            always = events.Complained | events.LaporStatusImported
            tests = events.ConsequenceTestRecorded | events.FactCorrected
            assert isinstance(event, (always | tests | events.Reopened, *OF_DATA))
        match event:
            case events.IdCardDeposited():
                assert self.is_visit
                assert line.version == 2
                self.holds_card = True
            case events.IdCardReturned():
                assert self.holds_card
                self.holds_card = False
            case events.LaporReviewed():
                assert self.received.channel is Channel.SP4N_LAPOR
                assert not self.reviewed
                is_complaint = event.classified is LaporClass.COMPLAINT
                assert (event.complaint is not None) is is_complaint
                self.reviewed = True
            case events.Disposed():
                self._disposed(event)
            case events.Drafted():
                self._drafted(event, line.by)
            case events.Approved():
                self._approved(event, line.by)
            case events.ReturnedForCorrection():
                assert self.under_review
                assert self.draft is not None
                assert line.by != self.draft[1]
                self.under_review = False
            case events.RefusedAsExempt():
                self._refused(event, line.by)
            case events.Delivered():
                self._delivered(event, line.by)
            case events.PickupArranged():
                assert self.final
                assert not self.gone
                self.called = True
            case events.Collected():
                assert self.called
                assert not self.gone
                self.gone = True
            case events.PickupMissed():
                assert self.called
                assert not self.gone
                self.called = False
                self.closed = event.then is MissedPickup.CLOSE
            case events.ConsequenceTestRecorded():
                assert self.assignee is not None or self.closed
                self.tested |= set(event.items)
            case events.TargetOverrunNoted():
                assert self.is_visit
                assert is_in_hands_of(line.by, self.assignee)
            case events.Closed():
                assert not self.holds_card
                self.closed = True
            case events.Reopened():
                falls = event.objection is not None and self._would_refuse
                assert self.closed or self.gone or falls
                self.final = self.called = self.gone = self.closed = False
                self.under_review = False
            case _:
                pass

    def _disposed(self, event: events.Disposed) -> None:
        assert event.oral is self.is_visit
        assert self.reviewed or self.received.channel is not Channel.SP4N_LAPOR
        assert not self.gone
        self.assignee = event.to

    def _drafted(self, event: events.Drafted, by: str) -> None:
        assert not self.is_visit
        assert is_in_hands_of(by, self.assignee)
        assert event.n == (1 if self.draft is None else self.draft[0].n + 1)
        assert sorted(item.n for item in event.items) == list(
            range(1, self.received.items + 1)
        )
        for item in event.items:
            self._has_grounds(item, event.kind)
        self.draft = (event, by)
        self.tiers_passed = 0
        self.under_review = True

    def _has_grounds(self, item: ItemOutcome, kind: DraftKind) -> None:
        if item.outcome is Outcome.REFUSED_AS_EXEMPT:
            assert item.legal_basis
            assert (item.reason or "").strip()
        if _is_withheld(item):
            assert item.n in self.tested
            assert kind in {DraftKind.REFUSAL, DraftKind.PARTIAL}
        assert set(item.legal_basis) <= set(LEGAL_BASES)

    def _approved(self, event: events.Approved, by: str) -> None:
        assert self.under_review
        assert self.draft is not None
        draft, drafter = self.draft
        assert event.draft == draft.n
        assert event.tier == self.tiers_passed + 1
        wanted = draft.tiers[event.tier - 1]
        assert event.role in wanted
        assert event.final is (event.tier == len(draft.tiers))
        if by == drafter:
            assert Role.AGENCY_HEAD in DIRECTORY.officials[by, self.agency].roles
        is_own = event.capacity is Capacity.OWN
        assert is_own is (event.acting_for is None)
        if is_own:
            assert event.role in DIRECTORY.officials[by, self.agency].roles
        elif event.acting_for == HEAD:
            assert (by, event.capacity) == (DIVISION_HEAD, Capacity.ACTING)  # the Plt.
        else:
            deputy = DIRECTORY.officials[by, self.agency]
            assert not DIRECTORY.officials[drafter, self.agency].outranks(deputy)
        is_letter = self.received.channel is Channel.LETTER
        last = ApprovalKind.SIGNATURE if is_letter else ApprovalKind.APPROVAL
        assert event.kind is (last if event.final else ApprovalKind.INITIAL)
        letter = self.received.letter
        if event.final and letter and letter.addressee is Role.REGIONAL_SECRETARY:
            assert not is_own
        self.tiers_passed = event.tier
        self.final = event.final
        self.under_review = not event.final

    def _refused(self, event: events.RefusedAsExempt, by: str) -> None:
        assert event.items
        assert event.reason.strip()
        assert event.legal_basis
        assert set(event.legal_basis) <= set(LEGAL_BASES)
        assert event.without_consequence_test is not (set(event.items) <= self.tested)
        if self.is_visit:
            assert is_in_hands_of(by, self.assignee)
            assert not self.gone
            self.gone = event.outcome is not None
            return
        assert self.final
        assert self.draft is not None
        withheld = {item.n for item in self.draft[0].items if _is_withheld(item)}
        assert set(event.items) == withheld

    def _delivered(self, event: events.Delivered, by: str) -> None:
        assert not self.gone
        if self.is_visit:
            assert is_in_hands_of(by, self.assignee)
        else:
            assert self.final
            assert not event.items
        self.gone = True
