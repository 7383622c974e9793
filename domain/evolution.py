"""`evolve`: changes and never refuses. One arm for each event.

What stands in the register happened; the fold only says what it makes of a case.
"""

from datetime import datetime
from typing import assert_never

from msgspec.structs import replace

from domain import events
from domain.case import ANSWERED, Case, exempted
from domain.clocks import (
    with_met,
    with_moved,
    with_paused,
    with_restarted,
    with_resumed,
    with_started,
    with_stopped,
)
from domain.corrected import corrected
from domain.facts import By
from domain.moved_by import MOVING, moved_by, rest_of
from domain.movements import editions_of
from domain.outcome import ItemOutcome
from domain.papers import Approval, Draft, Exemption, IdCard
from domain.values import Channel, Clock, MissedPickup, Outcome, Secrecy, Stage

_STARTING = (
    events.Approved,
    events.RefusedAsExempt,
    events.Delivered,
    events.Collected,
    events.CompletionRequested,
    events.CompletionReceived,
)
"""Events whose clocks count from their own time; others move what runs already."""


def _received(event: events.Received, at: datetime) -> Case:
    under = editions_of(event.due)
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
        anonymous=event.is_anonymous,
        confidential=event.is_confidential,
        missing=event.missing,
        clocks=with_started((), event.due),
        has=frozenset(event.has),
        letter=event.letter,
        lapor=event.lapor,
        times=(at,),
        started_in=dict.fromkeys(under, 1),
        started_under=under,
    )


def _approved(case: Case, event: events.Approved, by: By) -> Case:
    assert case.draft is not None
    approval = Approval(
        by=by.official, event=event, at=by.at, version=case.next_version
    )
    draft = replace(case.draft, approvals=(*case.draft.approvals, approval))
    signers = {by.official, event.acting_for or by.official}
    case = replace(case, hands=case.hands | signers)
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
            exempt=tuple(test for test in case.tested if test.n in event.items),
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
    said = (Exemption(n=n, until=event.exempt_until) for n in event.items)
    answered = replace(
        case,
        answers=case.answers + refused,
        exempt=exempted(case.exempt, *said),
    )
    if event.outcome is None:
        return answered
    return replace(
        answered,
        stage=Stage.REFUSED,
        outcome=event.outcome,
        clocks=with_started(with_met(case.clocks, ANSWERED, at), event.due),
        answered_in=(*case.answered_in, case.next_version),
    )


def _answered(
    case: Case, event: events.Delivered | events.Collected, at: datetime
) -> Case:
    clocks = with_started(with_met(case.clocks, ANSWERED, at), event.due)
    return replace(
        case,
        stage=Stage.DELIVERED,
        clocks=clocks,
        answered_in=(*case.answered_in, case.next_version),
    )


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
    hands = case.hands | {by.official}
    return replace(case, stage=Stage.DRAFTED, draft=draft, hands=hands)


def _disposed(case: Case, event: events.Disposed) -> Case:
    # A draft under review stays where it is when the case gets a new lead.
    stage = Stage.DISPOSED if case.stage is Stage.RECEIVED else case.stage
    disposed = replace(case, stage=stage, assignee=event.to, unit=event.unit)
    return _kept_secret(disposed, event)


def _kept_secret(case: Case, event: events.Disposed) -> Case:
    """What is secret stays so when it is passed on; who said it may take it back."""
    secret_by = case.secret_by
    if event.secrecy is Secrecy.SECRET:
        secret_by = event.by
    elif event.by == secret_by:
        secret_by = None
    case = replace(case, secret_by=secret_by)
    if case.secrecy is Secrecy.ORDINARY:
        return replace(case, entrusted=frozenset()) if case.entrusted else case
    named = {event.by, event.to, *event.others}
    return replace(case, entrusted=case.entrusted | named)


def _completed(case: Case, event: events.CompletionReceived, at: datetime) -> Case:
    has = case.has | set(event.received)
    if event.missing:
        return replace(case, has=has, missing=event.missing)
    met = with_met(case.clocks, {Clock.COMPLETION}, at)
    return replace(
        case,
        stage=Stage.RECEIVED,
        has=has,
        missing=(),
        clocks=with_restarted(met, event.due),
        completed_in=case.next_version,
    )


def _left(case: Case, stage: Stage, outcome: Outcome | None, at: datetime) -> Case:
    """The request has gone another way; what was not answered went with it."""
    rest = () if outcome is None else case.open_items
    gone = tuple(ItemOutcome(n=n, outcome=outcome) for n in rest if outcome)
    return replace(
        case,
        stage=stage,
        outcome=outcome,
        answers=case.answers + gone,
        clocks=with_stopped(case.clocks, at),
        left_in=case.next_version,
        left=stage,
        finished_in=case.next_version,
    )


def _paused(case: Case, event: events.ClockPaused) -> Case:
    clocks = with_paused(case.clocks, event.clocks, rest_of(event))
    return replace(case, clocks=with_moved(clocks, event.due, event.missed))


def _resumed(case: Case, event: events.ClockResumed) -> Case:
    clocks = with_resumed(case.clocks, event.on, event.ends_at)
    return replace(case, clocks=with_moved(clocks, event.due, event.missed))


def _change(case: Case, event: events.CaseEvent, by: By) -> Case:  # noqa: C901, PLR0912 - one arm for each event
    at = by.at
    match event:
        case events.Received():
            return _received(event, at)
        case events.IdCardDeposited():
            card = IdCard(deposited_at=at, deposited_in=case.next_version)
            return replace(case, id_card=card)
        case events.IdCardReturned():
            card = case.id_card or IdCard(deposited_at=at)
            card = replace(card, returned_at=at, returned_in=case.next_version)
            return replace(case, id_card=card)
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
        case events.PickupMissed(then=MissedPickup.POST):
            return replace(case, stage=Stage.APPROVED)
        case events.PickupMissed():
            # The answer lay ready and nobody came: nothing more is owed.
            return replace(
                case,
                stage=Stage.CLOSED,
                clocks=with_stopped(case.clocks, at),
                left_in=case.next_version,
                finished_in=case.next_version,
            )
        case events.ConsequenceTestRecorded(items=items, until=until):
            tests = (Exemption(n=n, until=until) for n in items)
            return replace(case, tested=exempted(case.tested, *tests))
        case events.Closed() if case.outcome is None:
            # A complaint or an aspiration: there is no request to answer.
            return replace(
                case,
                stage=Stage.CLOSED,
                clocks=with_stopped(case.clocks, at),
                left_in=case.left_in or case.next_version,
                finished_in=case.next_version,
            )
        case events.Closed():
            return replace(case, stage=Stage.CLOSED, finished_in=case.next_version)
        case events.Reopened():
            return replace(
                case,
                stage=Stage.DISPOSED,
                outcome=None,
                answers=(),
                exempt=(),
                said_before=case.answers or case.said_before,
                refused_in_writing=False,
                left=None,
                finished_in=None,
            )
        case events.CompletionRequested(missing=missing, due=due):
            clocks = with_started(case.clocks, due)
            return replace(case, missing=missing, clocks=clocks)
        case events.CompletionReceived():
            return _completed(case, event, at)
        case events.Lapsed():
            return _left(case, Stage.LAPSED, Outcome.LAPSED, at)
        case events.Withdrawn():
            return _left(case, Stage.WITHDRAWN, Outcome.WITHDRAWN, at)
        case events.Transferred():
            return _left(case, Stage.TRANSFERRED, Outcome.TRANSFERRED, at)
        case events.ConvertedToWritten():
            return _left(case, Stage.CONVERTED, None, at)
        case events.DeadlineExtended(due=due, missed=missed):
            clocks = with_moved(case.clocks, due, missed)
            return replace(case, clocks=clocks, extended=True)
        case events.ClockPaused():
            return _paused(case, event)
        case events.ClockResumed():
            return _resumed(case, event)
        case events.DeadlineRecomputed(due=due):
            return replace(
                case,
                clocks=with_moved(case.clocks, due),
                announced_in=case.announced_in | {case.next_version},
            )
        case events.FactCorrected():
            return corrected(case, event)
        case events.ProcessingRestricted():
            return replace(case, restricted=True)
        case events.RestrictionLifted():
            return replace(case, restricted=False)
        case events.PersonalDataErased():
            return replace(case, erased=True)
        case events.RetentionDecided(until=until):
            return replace(case, kept_until=until)
        case (
            events.TargetOverrunNoted()
            | events.LaporStatusImported()
            | events.Complained()
            | events.PersonalDataCorrected()
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
    after = _change(case, event, by)
    if isinstance(event, _STARTING) and event.due:
        under = editions_of(event.due)
        begun = dict.fromkeys(under, case.next_version)
        after = replace(
            after,
            started_in={**after.started_in, **begun},
            started_under={**after.started_under, **under},
        )
    movement = moved_by(case, event, by) if isinstance(event, MOVING) else None
    if movement is not None:
        after = replace(after, movements=(*after.movements, movement))
    return replace(after, last_at=by.at, times=(*after.times, by.at))
