"""Letters of the made-up year."""

from datetime import timedelta
from typing import Any

from domain.values import DeliveryMeans, DraftKind
from interfaces.demo.hand import CaseInHand
from interfaces.demo.intake import Counter
from interfaces.demo.year import inventions, leaving, resting, writing
from interfaces.demo.year.completing import completed
from interfaces.demo.year.correcting import corrected
from interfaces.demo.year.diary import Diary
from interfaces.demo.year.dice import Dice
from interfaces.demo.year.objecting import is_objected, objected
from interfaces.demo.year.writing import Way

SENT_BY = {
    DeliveryMeans.POST: 75,
    DeliveryMeans.HANDED: 15,
    DeliveryMeans.COURIER: 10,
}
BROUGHT = {"institution": 24, "copy": 39, "phone": 29, "nothing": 8}
"""What came with a letter to meet the requirement."""


def letter(counter: Counter, diary: Diary, dice: Dice) -> CaseInHand:
    """A letter comes in; few miss what the standard asks, and are asked for it."""
    house, items = counter.house, inventions.asked(dice, counter.house.code)
    at = diary.minutes(0, 1)
    held = at - timedelta(days=dice.randint(0, 4), minutes=30)
    case = counter.letter(
        at,
        items,
        dated=diary.today - timedelta(days=dice.randint(5, 9)),
        number=f"{dice.randint(1, 400):03d}/{dice.choice('ABCDEF')}/{at.year}",
        agenda=f"{dice.randint(1, 4000)}",
        secretary_had_it=held if house.signs_for else None,
        **_sender(dice),
    )
    corrected(case, diary, dice, received_at=at)
    if case.stage == "incomplete" and not completed(case, diary, dice):
        return case
    return worked_on(case, diary, dice, items=len(items), for_=house.signs_for)


def worked_on(
    case: CaseInHand, diary: Diary, dice: Dice, *, items: int, for_: str | None = None
) -> CaseInHand:
    """A whole letter, from the disposition to the end; answers where it ended."""
    desk = case.house.letters
    way = writing.disposed(case, diary, dice)
    if leaving.withdrawn(case, diary, dice, desk=desk):
        return case
    if dice.happens(leaving.TRANSFERRED):
        gone_on = leaving.transferred(case, diary, dice, desk=desk)
        return worked_on(gone_on, diary, dice, items=items) if gone_on else case
    resting.moved(case, diary, dice)
    writing.answered(case, way, diary, dice, items=items, for_=for_)
    _hand_over(case, diary, dice)
    # Who signed in the Secretary's stead had a hand in it for him too.
    superior = "sekda" if for_ is None else "asisten-umum"
    if is_objected(case, dice) and objected(case, diary, dice, superior=superior):
        _answered_anew(case, way, diary, dice, items=items, for_=for_)
    if dice.happens(80):
        case.closed(diary.days(3, 12), by=desk)
    return case


def _answered_anew(
    case: CaseInHand,
    way: Way,
    diary: Diary,
    dice: Dice,
    *,
    items: int,
    for_: str | None,
) -> None:
    """After a granted objection everything is given."""
    kind = DraftKind.ANSWER
    writing.answered(case, way, diary, dice, items=items, for_=for_, kind=kind)
    case.sent(diary.days(0, 1), how=DeliveryMeans.POST)


def _sender(dice: Dice) -> dict[str, Any]:
    """What the letter says of its sender, and what came with it."""
    sender: dict[str, Any] = {
        "name": inventions.name(dice),
        "address": dice.choice(inventions.PLACES),
    }
    match dice.weighted(BROUGHT):
        case "institution":
            sender["institution"] = dice.choice(inventions.INSTITUTIONS)
            sender["evidence"] = ["institution_identity"]
        case "copy":
            sender["evidence"] = ["identity_copy"]
        case "phone":
            sender["phone"] = inventions.phone(dice)
        case _:
            pass
    return sender


def _hand_over(case: CaseInHand, diary: Diary, dice: Dice) -> None:
    """The answer is sent, or its requester called to collect it."""
    if dice.happens(25):
        at = diary.days(0, 1)
        case.called_to_collect(
            at,
            contacts={at - timedelta(minutes=5): "akan datang"},
            collect_by=diary.today + timedelta(days=7),
        )
        if dice.happens(75):
            case.collected(diary.days(0, 4))
            return
        case.pickup_missed(diary.days(5, 8), then="post")
    how = dice.weighted(SENT_BY)
    number = f"000.8.3.3/{dice.randint(1, 900)}/{case.house.code[:2].upper()}"
    case.sent(diary.days(0, 1), how=how, letter_number=number)
