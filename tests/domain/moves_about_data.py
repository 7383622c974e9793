"""What might be done next about a person's data, in its turn or out of it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TypeAlias
from uuid import UUID, uuid5

import msgspec

from domain import commands
from domain.breach import Breach
from domain.data_request import DataRequest
from domain.histories import Matter
from domain.values import (
    DataRequestKind,
    DataRequestStage,
    Filer,
    HoldGround,
    NoticeTo,
)
from tests.domain.dice import Dice
from tests.domain.scenarios import MORNING
from tests.domain.words import CASE, DOCUMENT, IDENTITY, PERSON, WORDS

Protecting: TypeAlias = commands.DataRequestCommand | commands.BreachCommand

DISCOVERED = (MORNING, MORNING, MORNING + timedelta(days=3_650))
KINDS = (*DataRequestKind, DataRequestKind.ERASURE, DataRequestKind.RESTRICTION)


class DataMove(msgspec.Struct, frozen=True):
    """A wish about somebody's data."""

    command: Protecting
    subject: UUID
    early: timedelta = timedelta()
    """How long before now it is said to have happened."""


def about_data(
    matters: Mapping[UUID, Matter], case: UUID, n: int, dice: Dice
) -> DataMove:
    """What is the turn of one that stands, mostly; else a new one."""
    subject = uuid5(CASE, f"data {n}")
    early = dice((timedelta(),) * 5 + (timedelta(days=30),))
    standing = [one for one in matters if _mine(matters[one])]
    if standing and dice(range(4)) > 0:
        subject = dice(tuple(standing))
        found = matters[subject]
        if isinstance(found, Breach):
            return DataMove(_about_breach(dice), subject, early)
        assert isinstance(found, DataRequest)
        return DataMove(_about_request(found, subject, case, dice), subject, early)
    opening: tuple[Protecting, ...] = (_wish(dice), _wish(dice), _incident(case, dice))
    return DataMove(dice(opening), subject, early)


def _mine(matter: Matter) -> bool:
    return isinstance(matter, DataRequest | Breach)


def _wish(dice: Dice) -> commands.ReceiveDataRequest:
    return commands.ReceiveDataRequest(
        person=PERSON,
        kind=dice(KINDS),
        asked_by=dice((Filer.REQUESTER, Filer.REQUESTER, Filer.PROXY)),
        how="surat",
        words=WORDS,
        power_of_attorney=dice((None, DOCUMENT)),
    )


def _about_request(
    request: DataRequest, subject: UUID, case: UUID, dice: Dice
) -> commands.DataRequestCommand:
    weigh: tuple[commands.DataRequestCommand, ...] = (
        commands.GrantDataRequest(),
        commands.GrantDataRequest(),
        commands.DeferDataRequest(reason="-"),
        commands.DeferDataRequest(
            reason="-",
            ground=dice((HoldGround.ARCHIVE_DUTY, HoldGround.CASE_OPEN)),
            until=dice((None, request.last_at.date() + timedelta(days=90))),
        ),
        commands.RefuseDataRequest(legal_basis=dice(("pdp15.c", "-")), reason="-"),
    )
    answer = commands.AnswerDataRequest(request=subject, how="surat")
    told = {case: IDENTITY}
    carry_out: dict[DataRequestKind, commands.DataRequestCommand] = {
        DataRequestKind.ACCESS: answer,
        DataRequestKind.ERASURE: answer,
        DataRequestKind.CORRECTION: commands.CorrectPersonalData(
            request=subject,
            how="surat",
            identities={} if request.received.asked_by is Filer.PROXY else told,
            fields=("name",),
        ),
        DataRequestKind.RESTRICTION: commands.RestrictProcessing(
            request=subject, how="surat"
        ),
    }
    lift = commands.LiftRestriction(request=subject, reason="-")
    anything = (*weigh, *carry_out.values(), lift)
    turn: dict[DataRequestStage, tuple[commands.DataRequestCommand, ...]] = {
        DataRequestStage.RECEIVED: weigh,
        DataRequestStage.DEFERRED: weigh,
        DataRequestStage.GRANTED: (carry_out[request.received.kind],),
        DataRequestStage.ANSWERED: (lift,),
    }
    in_turn = turn.get(request.stage, anything)
    return dice(dice((in_turn, in_turn, in_turn, anything)))


def _incident(case: UUID, dice: Dice) -> commands.RecordBreach:
    return commands.RecordBreach(
        what="berkas tertinggal",
        discovered_at=dice(DISCOVERED),
        fields=("name",),
        persons=(PERSON,),
        cases=(case,),
    )


def _about_breach(dice: Dice) -> commands.BreachCommand:
    told = dice(((NoticeTo.SUBJECTS,), (NoticeTo.AUTHORITY,), tuple(NoticeTo)))
    either: tuple[commands.BreachCommand, ...] = (
        commands.NotifyBreach(told=told, how="surat", handling="-"),
        commands.CloseBreach(reason="-"),
    )
    return dice(either)
