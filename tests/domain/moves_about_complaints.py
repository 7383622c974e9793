"""What might be done next about a complaint, in its turn or out of it."""

from datetime import timedelta

import msgspec

from domain import commands
from domain.complaint import Complaint
from domain.values import ComplaintClass, ComplaintStage, OfficialId
from tests.domain.dice import Dice
from tests.domain.offices import ANALYST, RECEPTIONIST, SEKDA
from tests.domain.words import DOCUMENT, TOLD

HANDLERS = (ANALYST, SEKDA, RECEPTIONIST)
"""Whoever they are: the authority table knows the roles."""
FOLLOW_UP = commands.FollowUpComplaint(action="petugas ditegur")
ANSWER = commands.AnswerComplaint(text=TOLD, document=DOCUMENT)
CLOSE = commands.CloseComplaint(reason="selesai")


class ComplaintMove(msgspec.Struct, frozen=True):
    """Somebody's wish about a complaint."""

    command: commands.ComplaintCommand
    by: OfficialId
    early: timedelta = timedelta()
    """How long before now it is said to have happened."""


def about_complaint(complaint: Complaint, dice: Dice) -> ComplaintMove:
    """What is its turn, mostly; else anything."""
    classify = commands.ClassifyComplaint(classified=dice(tuple(ComplaintClass)))
    turns: dict[ComplaintStage, tuple[commands.ComplaintCommand, ...]] = {
        ComplaintStage.OPENED: (classify,),
        ComplaintStage.CLASSIFIED: (classify, FOLLOW_UP, ANSWER),
        ComplaintStage.FOLLOWED_UP: (classify, FOLLOW_UP, ANSWER),
        ComplaintStage.ANSWERED: (CLOSE,),
        ComplaintStage.CLOSED: (),
    }
    anything = (classify, FOLLOW_UP, ANSWER, CLOSE)
    in_turn = turns[complaint.stage] or anything
    return ComplaintMove(
        command=dice(dice((in_turn, in_turn, in_turn, anything))),
        by=dice(HANDLERS),
        early=dice((timedelta(),) * 5 + (timedelta(days=30),)),
    )
