"""Clocks of the made-up year that are moved: extensions and pauses.

The year is entered in one day. An extension that was told in time but is entered when
the term is long over leaves it missed, as the register wants it; so those that are
old are few.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

from interfaces.demo.api import Answer
from interfaces.demo.hand import CaseInHand
from interfaces.demo.year.absence import at_the_head
from interfaces.demo.year.diary import Diary
from interfaces.demo.year.dice import Dice

Move: TypeAlias = Literal["extension", "pause", "none"]

RUNNING: Final[Mapping[Move, int]] = {"extension": 25, "pause": 20, "none": 55}
"""Of a hundred requests whose statutory term is not over today."""

OVER: Final[Mapping[Move, int]] = {"extension": 2, "pause": 3, "none": 95}
"""Of a hundred others."""


def moved(case: CaseInHand, diary: Diary, dice: Dice) -> None:
    """Extend the term, or let the clocks rest, now and then."""
    due_at = _statute_ends(case)
    match dice.weighted(RUNNING if due_at > diary.until else OVER):
        case "extension":
            _extended(case, diary, dice, due_at)
        case "pause":
            _paused(case, diary, dice)
        case "none":
            pass


def _statute_ends(case: CaseInHand) -> datetime:
    told = next(one for one in case.answer["clocks"] if one["clock"] == "statute")
    return datetime.fromisoformat(told["due_at"])


def _extended(case: CaseInHand, diary: Diary, dice: Dice, due_at: datetime) -> None:
    at = diary.days(0, 1)
    if at >= due_at:
        return  # nobody may extend a term that has run out
    case.act(
        at_the_head(case.house, diary),
        "extension",
        at,
        working_days=dice.randint(3, 7),
        reason="Data masih dihimpun dari beberapa perangkat daerah",
        notice_sent_at=at,
    )


def _paused(case: CaseInHand, diary: Diary, dice: Dice) -> None:
    at = diary.days(0, 1)
    is_known = dice.happens(50)
    length = timedelta(days=dice.randint(2, 5))
    # `from` is a word of the language.
    rest: Answer = {
        "ground": "Menunggu penjelasan pemohon tentang tahun data",
        "from": diary.today,
        "until": diary.today + length if is_known else None,
    }
    case.act(at_the_head(case.house, diary), "pause", at, **rest)
    if not is_known:
        at = diary.days(1, 3)
        case.act(at_the_head(case.house, diary), "resumption", at)
