"""What may be done with a request besides answering it."""

from datetime import timedelta
from uuid import UUID, uuid5

from domain import commands
from domain.case import Case
from domain.commands import RequestCommand
from domain.values import Channel, Requirement
from tests.domain.dice import Dice, Move
from tests.domain.offices import (
    ANALYST,
    BIRO,
    BPPD,
    CLERK,
    HEAD,
    LIAISON,
    RECEPTIONIST,
    SEKDA,
)
from tests.domain.words import IDENTITY, NEW_CASE, TOLD, WORDS

RECEIVING = {
    Channel.FACE_TO_FACE: RECEPTIONIST,
    Channel.LETTER: CLERK,
    Channel.SP4N_LAPOR: LIAISON,
}


def new_case(n: int) -> UUID:
    """An id of its own for the case as which a request goes on at the n-th wish."""
    return uuid5(NEW_CASE, str(n))


def completing(case: Case, dice: Dice) -> Move:
    """What is an incomplete request's turn."""
    turns = (_ask, _ask, _bring, _bring, _lapse)
    return Move(dice(turns)(case, dice), RECEIVING[case.channel])


def leaving(case: Case, subject: UUID, n: int, dice: Dice) -> Move:
    """The request is taken back, or goes on elsewhere."""
    kind = dice(range(3))
    if kind == 0:
        return Move(_withdraw(dice), RECEIVING[case.channel])
    if kind == 1:
        return Move(_transfer(subject, n, dice), dice((HEAD, HEAD, HEAD, SEKDA)))
    return Move(_convert(subject, n), case.assignee or ANALYST)


def aside(case: Case, subject: UUID, n: int, dice: Dice) -> RequestCommand:
    """Any of these, in turn or not."""
    return dice(
        (
            _ask(case, dice),
            _bring(case, dice),
            _lapse(case, dice),
            _withdraw(dice),
            _transfer(subject, n, dice),
            _convert(subject, n),
        )
    )


def _ask(case: Case, dice: Dice) -> RequestCommand:
    days = dice((0, 1, 3))
    return commands.RequestCompletion(
        missing=case.missing[: dice((1, 3))] or (Requirement.NAME,),
        reply_by=(case.last_at + timedelta(days=days)).date(),
        medium="telepon",
    )


def _bring(case: Case, dice: Dice) -> RequestCommand:
    some = dice((case.missing[:1], case.missing, (Requirement.PHONE,)))
    return commands.ReceiveCompletion(
        received=frozenset(some), identity=dice((None, IDENTITY))
    )


def _lapse(_case: Case, _dice: Dice) -> RequestCommand:
    return commands.Lapse(notice="Surat pemberitahuan")


def _withdraw(dice: Dice) -> RequestCommand:
    return commands.Withdraw(how="surat", told=dice((None, TOLD)))


def _transfer(subject: UUID, n: int, dice: Dice) -> RequestCommand:
    to = dice((None, BIRO, BPPD))
    if to is None:
        return commands.Transfer(notice="Surat", case=subject, holder="BPS")
    return commands.Transfer(
        notice="Surat",
        case=subject,
        to_agency=to,
        new_case=new_case(n),
        identity=IDENTITY,
        words=WORDS,
    )


def _convert(subject: UUID, n: int) -> RequestCommand:
    return commands.Convert(
        reason="perlu dihimpun",
        new_case=new_case(n),
        case=subject,
        identity=IDENTITY,
        words=WORDS,
    )
