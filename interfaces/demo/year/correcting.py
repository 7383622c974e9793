"""Facts of the made-up year that were entered wrongly (ralat)."""

from datetime import datetime, timedelta

from interfaces.demo.hand import CaseInHand
from interfaces.demo.year.absence import at_the_head
from interfaces.demo.year.diary import Diary
from interfaces.demo.year.dice import Dice

CORRECTED = 3
"""Of a hundred letters."""


def corrected(
    case: CaseInHand, diary: Diary, dice: Dice, *, received_at: datetime
) -> None:
    """The number on the agenda was wrong, or the letter had come the day before."""
    if not dice.happens(CORRECTED):
        return
    fact, value = "letter.agenda_number", f"{dice.randint(1, 4000)}"
    reason = "Salah tulis nomor agenda"
    # What the Regional Secretary had in hand until then can not have come earlier.
    if case.house.signs_for is None:
        fact, reason = "received_at", "Surat sudah diterima sehari sebelumnya"
        value = (received_at - timedelta(days=1)).isoformat()
    at = diary.minutes(20, 200)
    head = at_the_head(case.house, diary)
    case.act(
        head, "fact-correction", at, version=1, fact=fact, value=value, reason=reason
    )
