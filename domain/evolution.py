"""`evolve`: changes and never refuses. One arm for each event.

What stands in the register happened; the fold only says what it makes of a case.
"""

from datetime import datetime
from typing import assert_never

from msgspec.structs import replace

from domain import events
from domain.case import ANSWERED, Approval, By, Case, Draft, IdCard
from domain.deadlines import with_met, with_started, with_stopped
from domain.values import Channel, ItemOutcome, MissedPickup, Outcome, Stage


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
        confidential=event.lapor is not None and event.lapor.confidential,
        missing=event.missing,
        clocks=with_started((), event.due),
    )


def _approved(case: Case, event: events.Approved, by: By) -> Case:
    assert case.draft is not None
    approval = Approval(by=by.official, event=event, at=by.at)
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
        case events.Closed() if case.outcome is None:
            # A complaint or an aspiration: there is no request to answer.
            clocks = with_stopped(case.clocks, at)
            return replace(case, stage=Stage.CLOSED, clocks=clocks)
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
