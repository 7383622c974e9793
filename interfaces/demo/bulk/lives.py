"""Draws lives: the made-up year's stories over three years, entered as they happen."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from application.desk_errors import DeskError
from domain.errors import RuleBrokenError
from domain.values import Stage
from interfaces.demo.bulk.life import Life
from interfaces.demo.bulk.paper import Office, PaperClerk
from interfaces.demo.hand import CaseInHand
from interfaces.demo.intake import Counter
from interfaces.demo.local_time import WITA
from interfaces.demo.year import plan
from interfaces.demo.year.complaining import complained
from interfaces.demo.year.diary import Diary, StillToComeError
from interfaces.demo.year.dice import Dice
from interfaces.demo.year.plan import Planned

DAYS: Final = 3 * 365
FIRST_DAY: Final = date(2024, 1, 8)
"""Neither the standards nor the calendars say anything of days before that year."""

ENTERED_LATE: Final = 6
"""Of a hundred lives, so many are entered a day later, with the reason why."""
COMPLAINTS_ALONE: Final = 3
"""For a hundred plans, so many are of a complaint that is about no case."""
CLOSED_AT_LAST: Final = 95
"""Of a hundred answered cases that nobody had closed."""

LEFT_LYING: Final = ((60, 12), (365, 3), (DAYS, 1))
"""Of a hundred lives that began within so many days, so many were not gone on with."""
SOON, LATER = timedelta(hours=3), timedelta(days=20)
"""Half of those were left within the one, half within the other, of their beginning."""


def draw(office: Office, seed: int, cases: int, until: datetime) -> Iterator[Life]:
    """Yield lives that open exactly so many cases together, besides visits.

    A life that a rule would have cut short is none of them.
    """
    opened, number = 0, 0
    while opened < cases:
        for planned in _planned(seed + number, cases, until):
            number += 1
            life = _lived(office, planned, seed, until)
            if life.acts and opened + life.cases <= cases:
                opened += life.cases
                yield life
            if opened == cases:
                return


def _planned(seed: int, cases: int, until: datetime) -> list[Planned]:
    """Days in no order, so that whoever takes some of them gets some of all years."""
    today = until.astimezone(WITA).date()
    days = min(DAYS, (today - FIRST_DAY).days)
    return sorted(plan.plan(seed, cases, until, days), key=lambda one: one.number)


def _lived(office: Office, planned: Planned, seed: int, until: datetime) -> Life:
    dice = Dice.of(seed, planned.number)
    lag = timedelta(days=dice.happens(ENTERED_LATE))
    left = _left(planned.at, dice, until)
    clerk = PaperClerk(office, dice, planned.at, left, lag)
    counter = Counter(clerk, planned.house)
    calendar = office.decider.offices.calendar(planned.house.code)
    diary = Diary(calendar, dice, planned.at, until)
    try:
        if dice.happens(COMPLAINTS_ALONE):
            complained(counter, diary, dice)
        else:
            _asked(counter, diary, planned, dice)
    except StillToComeError:
        return clerk.life
    except (RuleBrokenError, DeskError):
        return Life(())
    return clerk.life


def _left(opens: datetime, dice: Dice, until: datetime) -> datetime:
    """When the last act was recorded at the latest: not yet, for most."""
    days = (until - opens).days
    percent = next((share for within, share in LEFT_LYING if days < within), 0)
    if not dice.happens(percent):
        return until
    within = dice.choice((SOON, LATER))
    return min(until, opens + dice.random() * within)


def _asked(counter: Counter, diary: Diary, planned: Planned, dice: Dice) -> None:
    case = plan.story(counter, diary, planned, dice)
    if case is None:
        return
    if dice.happens(plan.COMPLAINTS):
        complained(Counter(counter.api, case.house), diary, dice, case)
    if case.stage == Stage.DELIVERED and not case.card_left:
        _closed_at_last(case, diary, dice)


def _closed_at_last(case: CaseInHand, diary: Diary, dice: Dice) -> None:
    if dice.happens(CLOSED_AT_LAST):
        case.closed(diary.days(15, 40), by=case.house.letters)
