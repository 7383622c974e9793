"""What somebody might do next with a case: mostly what is its turn."""

from uuid import UUID

from domain import commands
from domain.case import FINISHED, LEFT, Case
from domain.commands import RequestCommand
from domain.outcome import ItemOutcome
from domain.values import Channel, ComplaintChannel, DeliveryMeans, Outcome, Stage
from tests.domain.dice import Dice, Move, complaint
from tests.domain.moves_aside import completing, leaving
from tests.domain.moves_in_writing import TAKERS, in_writing
from tests.domain.moves_of_clocks import by_the_head
from tests.domain.offices import (
    ANALYST,
    CLERK,
    HEAD,
    LIAISON,
    RECEPTIONIST,
)
from tests.domain.words import KIP_17C, PERSON, WORDS


def next_move(case: Case, subject: UUID, n: int, dice: Dice) -> Move:
    """What is the case's turn, or what may come at any time."""
    if dice(range(12)) == 0:
        return _at_any_time(case, subject, n, dice)
    if dice(range(9)) == 0:
        return by_the_head(case, dice)
    if case.stage in {*FINISHED, *LEFT, Stage.CLOSED}:
        return _ending(case, dice)
    if dice(range(30)) == 0:
        return leaving(case, subject, n, dice)
    if case.stage is Stage.INCOMPLETE:
        return completing(case, dice)
    if case.channel is Channel.FACE_TO_FACE:
        return _at_the_counter(case, dice)
    return in_writing(case, subject, n, dice)


def _at_any_time(case: Case, subject: UUID, n: int, dice: Dice) -> Move:
    if case.channel is Channel.SP4N_LAPOR and dice((True, False)):
        status = commands.ImportLaporStatus(status="Proses", at=case.last_at)
        return Move(status, LIAISON)
    complain = commands.Complain(
        complaint=complaint(n),
        channel=dice(tuple(ComplaintChannel)),
        category="layanan",
        anonymous=dice((True, False)),
        confidential=dice((True, False)),
        words=WORDS,
        person=PERSON,
        case=subject,
        about=dice((None, None, RECEPTIONIST, HEAD)),
    )
    return Move(complain, RECEPTIONIST)


def _ending(case: Case, dice: Dice) -> Move:
    if case.holds_id_card and dice((True, True, False)):
        return Move(commands.ReturnIdCard(to="visitor"), RECEPTIONIST)
    if case.stage is Stage.CLOSED or dice(range(6)) == 0:
        return Move(commands.Reopen(reason="keberatan"), HEAD)
    if case.channel is Channel.FACE_TO_FACE and dice(range(4)) == 0:
        return Move(_OVERRUN, case.assignee or ANALYST)
    return Move(commands.Close(), CLERK)


_OVERRUN = commands.NoteOverrun(reason="sesuai kebutuhan")


def _at_the_counter(case: Case, dice: Dice) -> Move:
    if case.stage is Stage.RECEIVED or dice(range(8)) == 0:
        direct = commands.GiveDirection(to=dice(TAKERS), directed_by=HEAD)
        return Move(direct, RECEPTIONIST)
    assert case.assignee is not None
    some = case.open_items[: dice(range(1, len(case.open_items) + 1))]
    said = tuple(
        ItemOutcome(n=n, outcome=dice((Outcome.GRANTED, Outcome.NOT_HELD)))
        for n in some
    )
    means = dice((DeliveryMeans.ORAL, DeliveryMeans.HANDED))
    refuse = commands.RefuseAtCounter(
        legal_basis=(KIP_17C,), reason="rahasia", items=dice((some, ()))
    )
    answer = commands.Deliver(how=means, items=said)
    turns: tuple[RequestCommand, ...] = (answer, refuse, _OVERRUN)
    return Move(dice(turns), case.assignee)
