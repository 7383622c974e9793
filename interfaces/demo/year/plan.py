"""Which cases the made-up year has, when each comes in, and how it is played."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from application.office import calendars
from domain.calendar import Calendar
from domain.values import Channel
from interfaces.demo.api import Clerk
from interfaces.demo.cast import HOUSES, House
from interfaces.demo.hand import CaseInHand
from interfaces.demo.intake import Counter
from interfaces.demo.local_time import WITA
from interfaces.demo.year.complaining import complained
from interfaces.demo.year.diary import Diary, StillToComeError, morning
from interfaces.demo.year.dice import Dice
from interfaces.demo.year.letters import letter
from interfaces.demo.year.reports import report
from interfaces.demo.year.visits import visit

CHANNELS: Mapping[Channel, int] = {
    Channel.FACE_TO_FACE: 48,
    Channel.LETTER: 34,
    Channel.SP4N_LAPOR: 18,
}
"""How many of a hundred requests come in by each."""

DAYS = 365
COMPLAINTS = 7
"""Of a hundred cases, so many are complained about."""


class Planned(msgspec.Struct, frozen=True):
    """A case that is to come in."""

    number: int
    house: House
    channel: Channel
    at: datetime


def plan(seed: int, cases: int, until: datetime, days: int = DAYS) -> list[Planned]:
    """The year before `until`, in the order in which its cases come in."""
    working = office_calendar()
    last = until.astimezone(WITA).date()
    open_days = [
        day
        for day in (last - timedelta(days=n) for n in range(days, 0, -1))
        if working.is_working(day)
    ]
    planned = []
    for number in range(1, cases + 1):
        dice = Dice.of(seed, -number)
        planned.append(
            Planned(
                number,
                dice.choice(HOUSES),
                dice.weighted(CHANNELS),
                morning(dice.choice(open_days), dice),
            )
        )
    return sorted(planned, key=_when)


def play(api: Clerk, planned: Planned, seed: int, until: datetime) -> None:
    """Enter a case's whole life, as far as it has come by `until`."""
    dice = Dice.of(seed, planned.number)
    diary = Diary(office_calendar(), dice, planned.at, until)
    counter = Counter(api, planned.house)
    try:
        case = story(counter, diary, planned, dice)
        if case is not None and dice.happens(COMPLAINTS):
            # A case that was passed on is the other agency's by now.
            complained(Counter(api, case.house), diary, dice, case)
    except StillToComeError:
        return


def office_calendar() -> Calendar:
    """The national set, in local time."""
    return calendars.load().calendar(WITA.key)


def _when(planned: Planned) -> datetime:
    return planned.at


def story(
    counter: Counter, diary: Diary, planned: Planned, dice: Dice
) -> CaseInHand | None:
    """What befalls the request; where it ended, if a case came of it."""
    match planned.channel:
        case Channel.FACE_TO_FACE:
            return visit(counter, diary, dice)
        case Channel.LETTER:
            return letter(counter, diary, dice)
        case Channel.SP4N_LAPOR:
            return report(counter, diary, dice, f"{8_000_000 + planned.number}")
