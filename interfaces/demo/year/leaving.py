"""Requests of the made-up year that go another way: withdrawn, passed on, converted."""

from interfaces.demo.cast import HOUSES
from interfaces.demo.hand import CaseInHand
from interfaces.demo.year import inventions
from interfaces.demo.year.absence import at_the_head
from interfaces.demo.year.diary import Diary
from interfaces.demo.year.dice import Dice

WITHDRAWN, TRANSFERRED = 2, 4
"""Of a hundred written requests."""

TO_EACH_OTHER = 50
"""Of a hundred that are passed on, so many go from one of our agencies to the other."""


def withdrawn(case: CaseInHand, diary: Diary, dice: Dice, *, desk: str) -> bool:
    """Whether the requester took it back, and the case was closed."""
    if not dice.happens(WITHDRAWN):
        return False
    reason = "Datanya sudah saya dapatkan"
    case.act(desk, "withdrawal", diary.days(0, 2), how="surat", reason=reason)
    case.closed(diary.minutes(5, 60), by=desk)
    return True


def transferred(
    case: CaseInHand, diary: Diary, dice: Dice, *, desk: str
) -> CaseInHand | None:
    """Pass it on; the case as which it goes on with us, if it does."""
    sister = next(house for house in HOUSES if house is not case.house)
    is_ours = dice.happens(TO_EACH_OTHER)
    at = diary.days(0, 1)
    case.act(
        at_the_head(case.house, diary),
        "transfer",
        at,
        to_agency=sister.code if is_ours else None,
        holder=None if is_ours else dice.choice(inventions.HOLDERS),
        notice="Pemohon diberi tahu lewat surat bahwa permohonannya dilimpahkan",
    )
    gone_on = case.gone_on_as(case.answer["new_case"], sister) if is_ours else None
    case.closed(diary.minutes(5, 60), by=desk)
    return gone_on
