"""Incomplete letters of the made-up year: completed, lapsed, or still waited for."""

from datetime import timedelta

from interfaces.demo.hand import CaseInHand
from interfaces.demo.year.diary import Diary
from interfaces.demo.year.dice import Dice

COMPLETED, LAPSED = 65, 85
"""Of a hundred senders who were asked, and of a hundred who never replied."""

DAYS_TO_REPLY = 7


def completed(case: CaseInHand, diary: Diary, dice: Dice) -> bool:
    """Ask for what is missing; whether the request became whole."""
    desk = case.house.letters
    case.act(
        desk,
        "completion-request",
        diary.days(0, 1),
        missing=["identity_copy"],
        reply_by=diary.today + timedelta(days=DAYS_TO_REPLY),
        medium="surat",
    )
    if dice.happens(COMPLETED):
        case.act(desk, "completion", diary.days(1, 4), received=["identity_copy"])
        return True
    if dice.happens(LAPSED):
        notice = "Permohonan gugur karena kelengkapan tidak diterima"
        case.act(desk, "lapse", diary.days(8, 10), notice=notice)
        case.closed(diary.days(0, 2), by=desk)
    return False
