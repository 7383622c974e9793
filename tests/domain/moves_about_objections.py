"""What might be done next about objections, in its turn or out of it."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid5

import msgspec

from domain import commands
from domain.case import Case
from domain.objection import Objection
from domain.outcome import ItemOutcome
from domain.values import (
    Filer,
    ObjectionGround,
    ObjectionRuling,
    ObjectionStage,
    OfficialId,
)
from tests.domain.dice import Dice
from tests.domain.offices import ANALYST, HEAD, PPID, SEKDA, SUPERIOR
from tests.domain.words import CASE, DOCUMENT, WORDS, granted

DECIDERS = (SUPERIOR, SUPERIOR, SUPERIOR, SEKDA, HEAD, ANALYST)
"""Whoever they are: the authority table knows the roles."""
NOTE = commands.NoteDispute(
    commission_number="003/V/KI-NTT/2026", status="diregistrasi"
)
ITEMS: tuple[tuple[ItemOutcome, ...], ...] = (
    (),
    (granted(),),
    (granted(),),
    (granted(), granted()),
    (granted(9),),
)


class ObjectionMove(msgspec.Struct, frozen=True):
    """Somebody's wish about an objection."""

    command: commands.ObjectionCommand
    subject: UUID
    case: UUID
    by: OfficialId
    early: timedelta = timedelta()
    """How long before now it is said to have happened."""


def about_objections(
    cases: Mapping[UUID, Case], objections: Mapping[UUID, Objection], n: int, dice: Dice
) -> ObjectionMove:
    """What is an objection's turn, mostly; else anything, or a new one."""
    early = dice((timedelta(),) * 5 + (timedelta(days=30),))
    if not objections or dice(range(3)) == 0:
        return _file(cases, uuid5(CASE, f"objection {n}"), early, dice)
    subject = dice(tuple(objections))
    objection = objections[subject]
    either: tuple[commands.ObjectionCommand, ...] = (
        _rule(subject, objection, dice),
        NOTE,
    )
    command = dice(either)
    if objection.stage is ObjectionStage.DISPUTED and dice(range(4)) > 0:
        command = NOTE
    by = PPID if command is NOTE else dice(DECIDERS)
    return ObjectionMove(command, subject, objection.case, by, early)


def _file(
    cases: Mapping[UUID, Case], subject: UUID, early: timedelta, dice: Dice
) -> ObjectionMove:
    answered = tuple(each for each, case in cases.items() if case.answered_in)
    case = dice(dice((answered or tuple(cases), tuple(cases))))
    command = commands.FileObjection(
        objection=subject,
        case=case,
        ground=dice(tuple(ObjectionGround)),
        facts=WORDS,
        filed_by=dice((Filer.REQUESTER, Filer.REQUESTER, Filer.PROXY)),
        power_of_attorney=dice((None, DOCUMENT)),
    )
    return ObjectionMove(command, subject, case, PPID, early)


def _rule(subject: UUID, objection: Objection, dice: Dice) -> commands.DecideObjection:
    return commands.DecideObjection(
        case=objection.case,
        objection=subject,
        decision=dice(tuple(ObjectionRuling)),
        reason="pertimbangan atasan",
        items=dice(ITEMS),
    )
