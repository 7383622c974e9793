"""Acts out of place: any command about any case by anybody, in any order."""

from datetime import timedelta
from uuid import UUID

from domain import commands
from domain.case import Case
from domain.commands import RequestCommand
from domain.outcome import ItemOutcome
from domain.values import (
    Capacity,
    Channel,
    ComplaintChannel,
    DeliveryMeans,
    DraftKind,
    LaporClass,
    MissedPickup,
    Outcome,
)
from tests.domain.dice import Dice, Move, complaint
from tests.domain.moves import next_move
from tests.domain.moves_aside import aside
from tests.domain.moves_of_clocks import about_clocks
from tests.domain.offices import (
    ANALYST,
    HEAD,
    NOBODY,
    PLACES,
    PPID,
    RETIRED,
    SECRETARY,
)
from tests.domain.past import COLLECT_BY, CONTACT
from tests.domain.words import KIP_17C, PERSON, WORDS

PEOPLE = tuple(official for official, _, _ in PLACES if official != RETIRED)
NAMED = (*PEOPLE, RETIRED, NOBODY, SECRETARY)
"""Ids that a command may name, also of those who are not there."""


def stray(case: Case, subject: UUID, n: int, dice: Dice) -> Move:
    """Somebody else's turn, the assignee's slip, or anything at all."""
    kind = dice(range(3))
    if kind == 0:
        turn = next_move(case, subject, n, dice)
        return Move(turn.command, dice(_givers(case)))
    if kind == 1:
        return _slip(case, subject, n, dice)
    anything = dice(
        (_about_the_case, _about_the_draft, _about_the_end, _about_the_clocks, aside)
    )
    early = dice((timedelta(),) * 5 + (timedelta(days=1),))
    return Move(anything(case, subject, n, dice), dice(_givers(case)), early)


def _givers(case: Case) -> tuple[str, ...]:
    likely = case.assignee or HEAD
    return (*PEOPLE, likely, likely, likely, HEAD, HEAD)


def _items(case: Case, dice: Dice) -> tuple[ItemOutcome, ...]:
    numbers = dice((range(1, case.items + 1), (1,), (), (1, 1), range(case.items + 1)))
    bases = ((KIP_17C,),) * 4 + ((), ("kip17.z",), ("kip17.j",))
    return tuple(
        ItemOutcome(
            n=n,
            outcome=dice(tuple(Outcome)[:5]),
            legal_basis=dice(bases),
            reason=dice(("rahasia", "rahasia", "", None)),
        )
        for n in numbers
    )


def _slip(case: Case, subject: UUID, n: int, dice: Dice) -> Move:
    """Almost right: by the right official, with something wrong in it."""
    items = _items(case, dice)
    drafts: tuple[RequestCommand, ...] = (
        commands.Draft(kind=dice(tuple(DraftKind)), items=items),
        commands.Draft(kind=DraftKind.REFUSAL, items=items),
        commands.Approve(draft=case.draft.n if case.draft else 1),
        commands.Deliver(how=DeliveryMeans.POST),
    )
    answers: tuple[RequestCommand, ...] = (
        commands.Deliver(how=dice(tuple(DeliveryMeans)), items=items),
        commands.RefuseAtCounter(
            legal_basis=dice(((KIP_17C,), ())),
            reason=dice(("rahasia", " ")),
            items=tuple(item.n for item in items),
        ),
        commands.NoteOverrun(reason="-"),
        commands.Close(),
    )
    reviews: tuple[RequestCommand, ...] = (
        commands.ReviewReport(
            case=subject,
            summary=WORDS,
            classified=LaporClass.INFORMATION_REQUEST,
            complaint=complaint(n),
            words=WORDS,
        ),
        commands.Dispose(to=ANALYST),
    )
    slips = answers if case.channel is Channel.FACE_TO_FACE else drafts
    if case.channel is Channel.SP4N_LAPOR and case.assignee is None:
        slips = reviews
    return Move(dice(slips), case.assignee or HEAD)


def _about_the_case(case: Case, subject: UUID, n: int, dice: Dice) -> RequestCommand:
    to = dice(NAMED)
    items = tuple(item.n for item in _items(case, dice))
    wishes: tuple[RequestCommand, ...] = (
        commands.GiveDirection(to=to, directed_by=dice(NAMED)),
        commands.Dispose(to=to, others=dice(((), (dice(NAMED),)))),
        commands.ReviewReport(
            case=subject,
            summary=WORDS,
            classified=dice(tuple(LaporClass)),
            complaint=complaint(n),
            words=WORDS,
        ),
        commands.RecordConsequenceTest(
            items=items,
            act=dice((KIP_17C, "kip17.z")),
            analysis="-",
            participants=(dice((PPID, NOBODY)),),
        ),
        commands.Complain(
            complaint=complaint(n),
            channel=dice(tuple(ComplaintChannel)),
            category="layanan",
            anonymous=False,
            confidential=False,
            words=WORDS,
            person=PERSON,
            case=subject,
        ),
    )
    return dice(wishes)


def _about_the_draft(case: Case, subject: UUID, n: int, dice: Dice) -> RequestCommand:
    items = _items(case, dice)
    draft = dice((1, case.draft.n if case.draft else 2, 3))
    wishes: tuple[RequestCommand, ...] = (
        commands.Draft(kind=dice(tuple(DraftKind)), items=items),
        commands.Approve(
            draft=draft,
            capacity=dice((Capacity.OWN, *Capacity)),
            acting_for=dice((None, dice(NAMED))),
        ),
        commands.Approve(draft=draft),
        commands.ReturnForCorrection(draft=draft, notes="-"),
        commands.RefuseAtCounter(
            legal_basis=dice(((KIP_17C,), (), ("kip17.z",))),
            reason=dice(("rahasia", " ")),
            items=tuple(item.n for item in items),
        ),
    )
    return dice(wishes)


def _about_the_clocks(
    case: Case, _subject: UUID, _n: int, dice: Dice
) -> RequestCommand:
    return about_clocks(case, dice)


def _about_the_end(case: Case, subject: UUID, n: int, dice: Dice) -> RequestCommand:
    wishes: tuple[RequestCommand, ...] = (
        commands.Deliver(
            how=dice(tuple(DeliveryMeans)), items=dice(((), _items(case, dice)))
        ),
        commands.ArrangePickup(contacts=(CONTACT,), collect_by=COLLECT_BY),
        commands.RecordCollection(by="proxy"),
        commands.RecordMissedPickup(then=dice(tuple(MissedPickup))),
        commands.ReturnIdCard(to="visitor"),
        commands.NoteOverrun(reason="-"),
        commands.ImportLaporStatus(status="Selesai", at=case.last_at),
        commands.Close(),
        commands.Reopen(reason="-"),
    )
    return dice(wishes)
