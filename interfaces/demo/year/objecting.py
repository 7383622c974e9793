"""Objections of the made-up year, and the disputes that follow some (keberatan)."""

from typing import Final

from interfaces.demo.api import Answer
from interfaces.demo.hand import CaseInHand, happened
from interfaces.demo.objection_in_hand import ObjectionInHand
from interfaces.demo.year import inventions
from interfaces.demo.year.diary import Diary
from interfaces.demo.year.dice import Dice

OBJECTED: Final = {"granted": 2, "partial": 25, "refused_as_exempt": 40}
"""Of a hundred answers, by their outcome; of any other ten."""

ENDS: Final = {"uphold": 50, "grant": 30, "silence": 20}
DISPUTED = 45
"""Of a hundred objections that were not granted, so many reach the Commission."""


def is_objected(case: CaseInHand, dice: Dice) -> bool:
    """Whether the requester is not content with the answer."""
    return dice.happens(OBJECTED.get(str(case.answer["outcome"]), 10))


def objected(case: CaseInHand, diary: Diary, dice: Dice, *, superior: str) -> bool:
    """Take the objection to its end; whether another answer is owed."""
    is_refused = case.answer["outcome"] in {"partial", "refused_as_exempt"}
    said = {
        "case": case.id,
        "ground": "a" if is_refused else "d",
        "facts": inventions.NOT_CONTENT["a" if is_refused else "d"],
        "by": "requester",
    }
    ppid = case.house.ppid
    filed_at = diary.days(1, 8)
    filed: Answer = {**said, **happened(filed_at)}
    objection = ObjectionInHand.filed(case.api, ppid, filed)
    end = dice.weighted(ENDS)
    if end == "silence":
        if dice.happens(DISPUTED):
            objection.disputed(ppid, diary.days(33, 40), number=_number(diary, dice))
        return False
    objection.decided(superior, diary.days(4, 22), end, inventions.RULINGS[end])
    if end == "grant":
        case.moved_on("disposed")
        return True
    if dice.happens(DISPUTED):
        objection.disputed(ppid, diary.days(2, 10), number=_number(diary, dice))
    return False


def _number(diary: Diary, dice: Dice) -> str:
    return f"{dice.randint(1, 40):03d}/REG-PSI/{diary.today.year}"
