"""Reports through SP4N-LAPOR! of the made-up year."""

from datetime import timedelta

from domain.values import NoticeMeans
from interfaces.demo.hand import CaseInHand
from interfaces.demo.intake import Counter
from interfaces.demo.year import inventions, leaving, resting, writing
from interfaces.demo.year.complaining import of_a_report
from interfaces.demo.year.diary import Diary
from interfaces.demo.year.dice import Dice
from interfaces.demo.year.letters import worked_on

CLASSES = {"information_request": 86, "complaint": 7, "aspiration": 7}


def report(counter: Counter, diary: Diary, dice: Dice, tracking_id: str) -> CaseInHand:
    """The liaison finds it, reviews it, and posts what the tiers approved."""
    house, items = counter.house, inventions.asked(dice, counter.house.code)
    at = diary.minutes(0, 1)
    by_sms = dice.happens(20)
    case = counter.report(
        at,
        [f"NTT {' dan '.join(items)}"] if by_sms else items,
        tracking_id=tracking_id,
        submitted_at=at - timedelta(minutes=dice.randint(5, 2000)),
        medium="sms" if by_sms else "web",
        name=inventions.name(dice),
        address=dice.choice(inventions.PLACES),
    )
    class_ = dice.weighted(CLASSES)
    case.reviewed(diary.minutes(10, 90), "Telaah atas laporan", class_)
    if class_ == "complaint":
        of_a_report(counter.api, house, str(case.answer["complaint"]), diary, dice)
        return case
    if class_ == "aspiration":
        case.closed(diary.days(0, 1), by=house.liaison, reason="Aspirasi dicatat")
        return case
    asked = 1 if by_sms else len(items)
    way = writing.disposed(case, diary, dice)
    if leaving.withdrawn(case, diary, dice, desk=house.liaison):
        return case
    if dice.happens(leaving.TRANSFERRED):
        gone_on = leaving.transferred(case, diary, dice, desk=house.liaison)
        return worked_on(gone_on, diary, dice, items=asked) if gone_on else case
    resting.moved(case, diary, dice)
    writing.answered(case, way, diary, dice, items=asked, for_=None)
    means = NoticeMeans.SMS if by_sms else NoticeMeans.EMAIL
    case.posted_in_lapor(diary.days(0, 1), notified_by=means)
    silent = diary.days(11, 12)
    shown = silent - timedelta(hours=1)
    case.lapor_shows(silent, "Selesai (ditutup otomatis)", since=shown)
    case.closed(diary.minutes(1, 20), by=house.liaison)
    return case
