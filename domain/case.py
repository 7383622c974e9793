"""A case: what the rules need to know of a request, folded from its history.

`evolve` changes and never refuses. The guards (`must_...`) are what `decide` asks.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import assert_never

import msgspec
from msgspec.structs import replace

from domain import errors, events
from domain.deadlines import RunningClock, with_met, with_started
from domain.office import Official
from domain.values import (
    AgencyCode,
    Channel,
    Clock,
    Digest,
    DraftKind,
    ItemOutcome,
    LaporClass,
    MissedPickup,
    OfficialId,
    Outcome,
    PersonId,
    Requirement,
    Role,
    Stage,
)

ANSWERED = frozenset({Clock.STANDARD, Clock.STATUTE})
"""The clocks that an answer meets."""

FINISHED = (Stage.DELIVERED, Stage.REFUSED)
"""Stages in which the agency has answered and may close."""


class Approval(msgspec.Struct, frozen=True):
    """A tier's initials or signature on the current draft."""

    tier: int
    role: Role
    by: OfficialId
    event: events.Approved
    at: datetime


class Draft(msgspec.Struct, frozen=True):
    """The latest version of the answer and how far it has climbed."""

    n: int
    kind: DraftKind
    by: OfficialId
    unit: str | None
    """The drafter's unit when he wrote it: its superiors are the tiers."""
    items: tuple[ItemOutcome, ...]
    tiers: tuple[tuple[Role, ...], ...]
    document: Digest | None = None
    text: Digest | None = None
    approvals: tuple[Approval, ...] = ()

    @property
    def next_tier(self) -> int:
        """Number of the tier whose turn it is, from 1."""
        return len(self.approvals) + 1

    @property
    def final(self) -> bool:
        """Whether the signer has signed."""
        return len(self.approvals) == len(self.tiers)


class IdCard(msgspec.Struct, frozen=True):
    """Custody of a visitor's identity card."""

    deposited_at: datetime
    returned_at: datetime | None = None


class By(msgspec.Struct, frozen=True):
    """Who entered a fact, and when it happened: what an entry adds to its event."""

    official: OfficialId
    at: datetime


class Case(msgspec.Struct, frozen=True):
    """Only what rules and answers need; screens read projections."""

    agency: AgencyCode
    channel: Channel
    registration_number: str
    person: PersonId
    standard: str
    items: int
    stage: Stage
    last_at: datetime
    """When the last fact happened; time never runs backwards within a case."""
    addressee: Role | None = None
    anonymous: bool = False
    """Whether the reporter asked SP4N-LAPOR! to keep his name back."""
    missing: tuple[Requirement, ...] = ()
    clocks: tuple[RunningClock, ...] = ()
    reviewed: LaporClass | None = None
    assignee: OfficialId | None = None
    draft: Draft | None = None
    tested: frozenset[int] = frozenset()
    """Items with a consequence test."""
    answers: tuple[ItemOutcome, ...] = ()
    """What was said of items so far, finally approved or at the counter."""
    outcome: Outcome | None = None
    id_card: IdCard | None = None
    refused_in_writing: bool = False

    def must_be(self, *allowed: Stage) -> None:
        """The act is possible in these stages only."""
        if self.stage not in allowed:
            raise errors.WrongStageError(self.stage, allowed)

    def must_have_come_by(self, *allowed: Channel) -> None:
        """The act belongs to these channels only."""
        if self.channel not in allowed:
            raise errors.WrongChannelError(self.channel, allowed)

    def must_be_handled_by(self, official: Official) -> None:
        """The act is the assigned official's."""
        if self.assignee != official.id:
            raise errors.NotTheAssignedOfficialError

    def must_hold_draft(self, n: int) -> Draft:
        """The current draft, which has to be the version that was looked at."""
        if self.draft is None or self.draft.n != n:
            current = 0 if self.draft is None else self.draft.n
            raise errors.StaleDraftError(n, current)
        return self.draft

    def must_have(self, items: Iterable[int]) -> None:
        """Items are numbered from 1 and named once."""
        named = list(items)
        strange = [n for n in named if not 1 <= n <= self.items or named.count(n) > 1]
        if strange:
            raise errors.UnknownItemError(strange)

    def must_be_answered_whole_by(self, items: Iterable[ItemOutcome]) -> None:
        """Every item has an outcome."""
        said = {item.n for item in items}
        silent = [n for n in range(1, self.items + 1) if n not in said]
        if silent:
            raise errors.ItemWithoutOutcomeError(silent)

    @property
    def open_items(self) -> tuple[int, ...]:
        """Items of which nothing was said yet."""
        said = {item.n for item in self.answers}
        return tuple(n for n in range(1, self.items + 1) if n not in said)

    @property
    def holds_id_card(self) -> bool:
        """Whether reception holds the visitor's card."""
        return self.id_card is not None and self.id_card.returned_at is None


def roll_up(items: Iterable[ItemOutcome]) -> Outcome:
    """The outcome of a case from its items'.

    One word for all stays that word; something granted among others is partial;
    else a refusal outweighs what is not held.
    """
    said = {item.outcome for item in items}
    if len(said) == 1:
        return said.pop()
    if said & {Outcome.GRANTED, Outcome.PARTIAL}:
        return Outcome.PARTIAL
    if Outcome.REFUSED_AS_EXEMPT in said:
        return Outcome.REFUSED_AS_EXEMPT
    return Outcome.NOT_HELD


def _received(event: events.Received, at: datetime) -> Case:
    return Case(
        agency=event.agency,
        channel=event.channel,
        registration_number=event.registration_number,
        person=event.person,
        standard=event.standard,
        items=event.items,
        stage=Stage.INCOMPLETE if event.missing else Stage.RECEIVED,
        last_at=at,
        addressee=event.letter.addressee if event.letter else None,
        anonymous=event.lapor is not None and event.lapor.anonymous,
        missing=event.missing,
        clocks=with_started((), event.due),
    )


def _approved(case: Case, event: events.Approved, by: By) -> Case:
    assert case.draft is not None
    approval = Approval(
        tier=event.tier, role=event.role, by=by.official, event=event, at=by.at
    )
    draft = replace(case.draft, approvals=(*case.draft.approvals, approval))
    if not event.final:
        return replace(case, stage=Stage.IN_REVIEW, draft=draft)
    return replace(
        case,
        stage=Stage.APPROVED,
        draft=draft,
        answers=draft.items,
        outcome=event.outcome,
        clocks=with_started(case.clocks, event.due),
    )


def _refused(case: Case, event: events.RefusedAsExempt, at: datetime) -> Case:
    if case.channel is not Channel.FACE_TO_FACE:
        return replace(
            case,
            refused_in_writing=True,
            clocks=with_started(case.clocks, event.due),
        )
    refused = tuple(
        ItemOutcome(
            n=n,
            outcome=Outcome.REFUSED_AS_EXEMPT,
            legal_basis=event.legal_basis,
            reason=event.reason,
        )
        for n in event.items
    )
    answered = replace(case, answers=case.answers + refused)
    if event.outcome is None:
        return answered
    return replace(
        answered,
        stage=Stage.REFUSED,
        outcome=event.outcome,
        clocks=with_started(with_met(case.clocks, ANSWERED, at), event.due),
    )


def _answered(
    case: Case, event: events.Delivered | events.Collected, at: datetime
) -> Case:
    clocks = with_started(with_met(case.clocks, ANSWERED, at), event.due)
    return replace(case, stage=Stage.DELIVERED, clocks=clocks)


def _drafted(case: Case, event: events.Drafted, by: By) -> Case:
    draft = Draft(
        n=event.n,
        kind=event.kind,
        by=by.official,
        unit=event.unit,
        items=event.items,
        tiers=event.tiers,
        document=event.document,
        text=event.text,
    )
    return replace(case, stage=Stage.DRAFTED, draft=draft)


def _disposed(case: Case, event: events.Disposed) -> Case:
    # A draft under review stays where it is when the case gets a new lead.
    fresh = case.stage in {Stage.RECEIVED, Stage.DISPOSED}
    stage = Stage.DISPOSED if fresh else case.stage
    return replace(case, stage=stage, assignee=event.to)


def _change(case: Case, event: events.CaseEvent, by: By) -> Case:  # noqa: C901, PLR0912 - one arm for each event
    at = by.at
    match event:
        case events.Received():
            return _received(event, at)
        case events.IdCardDeposited():
            return replace(case, id_card=IdCard(deposited_at=at))
        case events.IdCardReturned():
            deposited_at = case.id_card.deposited_at if case.id_card else at
            return replace(
                case, id_card=IdCard(deposited_at=deposited_at, returned_at=at)
            )
        case events.Disposed():
            return _disposed(case, event)
        case events.LaporReviewed(classified=classified):
            return replace(case, reviewed=classified)
        case events.Drafted():
            return _drafted(case, event, by)
        case events.ReturnedForCorrection():
            return replace(case, stage=Stage.RETURNED)
        case events.Approved():
            return _approved(case, event, by)
        case events.RefusedAsExempt():
            return _refused(case, event, at)
        case events.Delivered(outcome=outcome, items=items):
            answers = case.answers + items
            return _answered(replace(case, outcome=outcome, answers=answers), event, at)
        case events.PickupArranged():
            return replace(case, stage=Stage.AWAITING_PICKUP)
        case events.Collected():
            return _answered(case, event, at)
        case events.PickupMissed(then=then):
            posted = then is MissedPickup.POST
            stage = Stage.APPROVED if posted else Stage.CLOSED
            return replace(case, stage=stage)
        case events.ConsequenceTestRecorded(items=items):
            return replace(case, tested=case.tested | set(items))
        case events.Closed():
            return replace(case, stage=Stage.CLOSED)
        case events.Reopened():
            return replace(
                case,
                stage=Stage.DISPOSED,
                outcome=None,
                answers=(),
                refused_in_writing=False,
            )
        case (
            events.TargetOverrunNoted()
            | events.LaporStatusImported()
            | events.Complained()
        ):
            return case
        case _:
            assert_never(event)


def evolve(case: Case | None, event: events.CaseEvent, by: By) -> Case:
    """The case after a fact. It never refuses: what stands in the register happened."""
    if isinstance(event, events.Received):
        return _received(event, by.at)
    if case is None:
        message = "a history starts with Received"
        raise AssertionError(message)
    return replace(_change(case, event, by), last_at=by.at)
