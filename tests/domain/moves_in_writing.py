"""What might be done next with a letter or a report until its answer leaves."""

from collections.abc import Callable
from uuid import UUID

from domain import commands
from domain.case import Case
from domain.commands import RequestCommand
from domain.outcome import ItemOutcome
from domain.papers import Draft
from domain.values import (
    Capacity,
    Channel,
    DeliveryMeans,
    DraftKind,
    LaporClass,
    MissedPickup,
    NoticeMeans,
    OfficialId,
    Outcome,
    Role,
    Stage,
)
from tests.domain.dice import Dice, Move, complaint
from tests.domain.offices import (
    ANALYST,
    CLERK,
    DIRECTORY,
    DIVISION_HEAD,
    HEAD,
    LIAISON,
    OTHER_ANALYST,
    PPID,
    SEKDA,
    SUBDIVISION_HEAD,
)
from tests.domain.past import COLLECT_BY, CONTACT
from tests.domain.words import DOCUMENT, KIP_17C, WORDS, refused

TAKERS = (ANALYST, ANALYST, OTHER_ANALYST, SUBDIVISION_HEAD, DIVISION_HEAD, HEAD)
"""To whom a case may be given; some more often."""


def in_writing(case: Case, subject: UUID, n: int, dice: Dice) -> Move:
    match case.stage:
        case Stage.RECEIVED if case.channel is Channel.SP4N_LAPOR:
            return _report(case, subject, n, dice)
        case Stage.RECEIVED:
            return _disposition(case, dice)
        case Stage.DISPOSED | Stage.RETURNED:
            turns: tuple[Callable[[Case, Dice], Move], ...]
            turns = (_draft, _draft, _draft, _weigh, _disposition)
            return dice(turns)(case, dice)
        case Stage.DRAFTED | Stage.IN_REVIEW:
            turns = (_approve,) * 6 + (_correct, _draft, _disposition)
            return dice(turns)(case, dice)
        case _:
            return _hand_over(case, dice)


def _report(case: Case, subject: UUID, n: int, dice: Dice) -> Move:
    if case.reviewed is LaporClass.ASPIRATION and dice((True, False)):
        return Move(commands.Close(), LIAISON)
    if case.reviewed is not None:
        return _disposition(case, dice)
    usual = (LaporClass.INFORMATION_REQUEST,) * 4
    review = commands.ReviewReport(
        case=subject,
        summary=WORDS,
        classified=dice((*usual, LaporClass.ASPIRATION, LaporClass.COMPLAINT)),
        complaint=complaint(n),
        words=WORDS,
    )
    return Move(review, LIAISON)


def _disposition(case: Case, dice: Dice) -> Move:
    if case.addressee is Role.REGIONAL_SECRETARY and dice((True, False)):
        return Move(commands.Dispose(to=dice((HEAD, DIVISION_HEAD))), SEKDA)
    giver = dice((HEAD, HEAD, DIVISION_HEAD))
    if case.assignee in {DIVISION_HEAD, SUBDIVISION_HEAD}:
        giver = dice((HEAD, case.assignee))
    return Move(commands.Dispose(to=dice(TAKERS)), giver)


def _weigh(case: Case, dice: Dice) -> Move:
    items = tuple(range(1, case.items + 1))
    test = commands.RecordConsequenceTest(
        items=items, act=KIP_17C, analysis="-", participants=(PPID,)
    )
    return Move(test, PPID)


def _draft(case: Case, dice: Dice) -> Move:
    outcomes = [Outcome.GRANTED, Outcome.GRANTED, Outcome.NOT_HELD]
    if case.tested:
        outcomes += [Outcome.REFUSED_AS_EXEMPT] * 2 + [Outcome.PARTIAL]
    drawn = [dice(outcomes) for _ in range(case.items)]
    items = tuple(
        refused(n)
        if outcome is Outcome.REFUSED_AS_EXEMPT
        else ItemOutcome(
            n=n,
            outcome=outcome,
            legal_basis=dice(((), (KIP_17C,))) if outcome is Outcome.PARTIAL else (),
        )
        for n, outcome in enumerate(drawn, 1)
    )
    return Move(
        commands.Draft(kind=_kind(set(drawn)), items=items, document=DOCUMENT),
        case.assignee or ANALYST,
    )


def _kind(said: set[Outcome]) -> DraftKind:
    if said == {Outcome.GRANTED}:
        return DraftKind.ANSWER
    if said & {Outcome.GRANTED, Outcome.PARTIAL}:
        return DraftKind.PARTIAL
    refuses = Outcome.REFUSED_AS_EXEMPT in said
    return DraftKind.REFUSAL if refuses else DraftKind.NOT_HELD


def superiors(case: Case, draft: Draft) -> list[OfficialId]:
    """Who may approve next in their own names, by role and unit alone."""
    wanted = set(draft.tiers[draft.next_tier - 1])
    return [
        official.id
        for official in DIRECTORY.officials.values()
        if official.agency == case.agency
        and not official.disabled
        and wanted & set(official.roles)
        and official.is_over(draft.unit)
    ]


def _approve(case: Case, dice: Dice) -> Move:
    assert case.draft is not None
    n = case.draft.n
    is_last = case.draft.next_tier == len(case.draft.tiers)
    if is_last and case.addressee is Role.REGIONAL_SECRETARY:
        command = commands.Approve(
            draft=n, capacity=Capacity.ON_BEHALF, acting_for=SEKDA
        )
        return Move(command, HEAD)
    if is_last and dice(range(6)) == 0:
        capacity = dice((Capacity.DAILY_ACTING, Capacity.ACTING, Capacity.INTERIM))
        command = commands.Approve(draft=n, capacity=capacity, acting_for=HEAD)
        return Move(command, DIVISION_HEAD)
    return Move(commands.Approve(draft=n), dice(superiors(case, case.draft)))


def _correct(case: Case, dice: Dice) -> Move:
    assert case.draft is not None
    command = commands.ReturnForCorrection(draft=case.draft.n, notes="perbaiki")
    return Move(command, dice(superiors(case, case.draft)))


def _hand_over(case: Case, dice: Dice) -> Move:
    if case.channel is Channel.SP4N_LAPOR:
        notice = dice(tuple(NoticeMeans))
        post = commands.Deliver(how=DeliveryMeans.LAPOR_POST, notified_by=notice)
        return Move(post, LIAISON)
    deliver = commands.Deliver(how=dice((DeliveryMeans.POST, DeliveryMeans.COURIER)))
    call = commands.ArrangePickup(contacts=(CONTACT,), collect_by=COLLECT_BY)
    if case.stage is Stage.APPROVED:
        approved: tuple[RequestCommand, ...] = (deliver, call)
        return Move(dice(approved), CLERK)
    collect = commands.RecordCollection(by="requester")
    miss = commands.RecordMissedPickup(then=dice(tuple(MissedPickup)))
    called: tuple[RequestCommand, ...] = (collect, miss, call, deliver)
    return Move(dice(called), CLERK)
