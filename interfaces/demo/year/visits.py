"""Visits of the made-up year."""

from domain.values import DeliveryMeans, Outcome
from interfaces.demo.hand import CaseInHand
from interfaces.demo.intake import Counter
from interfaces.demo.year import inventions
from interfaces.demo.year.absence import at_the_head
from interfaces.demo.year.diary import Diary
from interfaces.demo.year.dice import Dice
from interfaces.demo.year.letters import worked_on

CONVERTED = 4
"""Of a hundred visits, so many need a written answer."""

CARDS = {"ktp": 80, "sim": 12, "passport": 3, "student_card": 5}


def visit(counter: Counter, diary: Diary, dice: Dice) -> CaseInHand | None:
    """Somebody comes to the counter; few without any identity."""
    house, name = counter.house, inventions.name(dice)
    items = inventions.asked(dice, house.code)
    if dice.happens(6):
        counter.guest_book(
            diary.minutes(0, 1),
            name=name,
            purpose=items[0],
            note="Diberi tahu: permohonan dapat melalui surat atau SP4N-LAPOR!",
            outcome="no_identity",
        )
        return None
    case = counter.visitor(
        diary.minutes(0, 1),
        items,
        name=name,
        card=dice.weighted(CARDS),
        left=dice.happens(85),
        phone=inventions.phone(dice) if dice.happens(50) else None,
    )
    _serve(case, diary, dice, len(items))
    gone_on = case.answer.get("new_case")
    _leave(case, diary, dice)
    if gone_on is None:
        return case
    return worked_on(case.gone_on_as(gone_on), diary, dice, items=len(items))


def _serve(case: CaseInHand, diary: Diary, dice: Dice, items: int) -> None:
    unit = dice.choice(case.house.units)
    officer = dice.choice((unit.division_head, unit.subdivision_head, unit.staff))
    at = diary.minutes(1, 4)
    head = at_the_head(case.house, diary)
    by = head if officer == unit.division_head else unit.division_head
    case.directed(at, to=officer, by=by)
    if dice.happens(CONVERTED):
        reason = "Harus dihimpun dari beberapa perangkat daerah"
        case.act(officer, "conversion", diary.minutes(5, 15), reason=reason)
        return
    if dice.happens(7):
        legal_basis, reason = dice.choice(inventions.EXEMPT)
        case.refused_at_counter(
            diary.minutes(3, 8), by=officer, legal_basis=legal_basis, reason=reason
        )
        return
    if dice.happens(25):
        case.overrun(diary.minutes(16, 30), by=officer, reason="sesuai kebutuhan")
    said = []
    if items > 1 and dice.happens(15):
        said.append({"n": items, "outcome": Outcome.NOT_HELD})
    case.answered_at_counter(
        diary.minutes(3, 9),
        by=officer,
        items=said,
        how=dice.choice((DeliveryMeans.ORAL, DeliveryMeans.HANDED)),
    )


def _leave(case: CaseInHand, diary: Diary, dice: Dice) -> None:
    """The card goes back; now and then it is forgotten until another day, or longer."""
    if case.card_left:
        if dice.happens(1):
            return
        forgotten = dice.happens(2)
        case.card_returned(diary.days(1, 2) if forgotten else diary.minutes(1, 5))
    case.closed(diary.minutes(0, 10), by=case.house.reception)
