"""Random histories, counted by the report and once more from their events: the same."""

from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest
from msgspec.structs import astuple

from application.entries import Metadata, NewEntry
from domain.case import UNANSWERED
from domain.values import Channel
from projections.reports.compliance import figures
from projections.reports.counted_cases import CountedRow, Place, counted_cases
from projections.reports.period import Asked
from projections.reports.standing import VIEWS
from tests.domain.offices import OFFICES
from tests.domain.walking import Walk
from tests.projections import counting, lives
from tests.projections.projecting import projected

HOPES = (
    ("receive",) * 2
    + ("go_on",) * 22
    + ("pass_time", "reach_midnight")
    + ("handle_complaint", "contest", "announce")
)
CALENDARS = {code: office.calendar for code, office in OFFICES.items()}
BUSY = 8
"""So many cases at most are open at once, or none is ever answered in time."""


class Months(Walk):
    """A few months of both agencies; much happens when a day begins."""

    def pass_time(self, dice):
        """Often minutes, seldom weeks."""
        minutes = dice((0, 1, 5, 12, 60, 600, 1_440, 1_440, 4_320, 14_400))
        self._go_to(self.now + timedelta(minutes=minutes))

    def reach_midnight(self, _):
        """To the very instant that ends the local day."""
        calendar = CALENDARS["bppd"]
        self._go_to(calendar.end_of(calendar.date_of(self.now)))

    def _go_to(self, at):
        self.now = at
        for subject in self.register.cases:
            self._clocks_hold(subject)


def walked(dice: Random) -> Walk:
    """Histories of both agencies on paper."""
    walk = Months()
    for _ in range(900):
        cases = walk.register.cases.values()
        is_busy = sum(case.stage in UNANSWERED for case in cases) >= BUSY
        getattr(walk, dice.choice(HOPES[2 * is_busy :]))(dice.choice)
    return walk


def entries(walk: Walk) -> list[NewEntry]:
    """Everything on the paper register, as it is recorded."""
    return [
        NewEntry(
            stream=stream,
            version=line.version,
            event=line.event,
            event_id=uuid4(),
            occurred_at=line.at,
            recorded_at=line.told_at or line.at,
            metadata=Metadata(official=line.by or None),
        )
        for stream, lines in walk.register.histories.items()
        for line in lines
    ]


@pytest.fixture
async def counted_on(database_url, desk):
    async def record(walk):
        await lives.record(desk, entries(walk))
        await projected(database_url, desk, views=VIEWS)
        return desk

    return record


@pytest.mark.parametrize("seed", range(4))
async def test_every_figure_of_any_period_is_what_the_events_say(counted_on, seed):
    dice = Random(seed)
    walk = walked(dice)
    desk = await counted_on(walk)
    instants = [line.at for each in walk.register.histories.values() for line in each]
    days = sorted({CALENDARS["bppd"].date_of(at) for at in instants})
    seen_at_all: set[str] = set()

    for _ in range(6):
        first, last = sorted(dice.choices(days, k=2))
        now = walk.now + timedelta(days=dice.choice((-30, 0, 30)))
        asked = Asked.of(first, last, CALENDARS.items(), now)
        windows = {
            agency: counting.Window(
                span.starts, span.ends, asked.judged_at(agency), CALENDARS[agency]
            )
            for agency, span in asked.spans.items()
        }
        expected = counting.grouped(counting.seen(walk.register, windows))
        for group in await figures(desk, asked):
            naive = expected.get((group.agency, group.channel), {})
            counted = {name: n for name, n in group.figures.items() if n}
            assert counted == {name: len(found) for name, found in naive.items()}
            assert group.adds_up, group.checks
            for name, found in naive.items():
                for measure in ("seconds", "days"):
                    values = [
                        v for one in found if (v := getattr(one, measure)) is not None
                    ]
                    told = getattr(group.measured.get(name), measure, None)
                    assert (told is None) == (not values)
                    if told is None:
                        continue
                    assert astuple(told) == pytest.approx(
                        counting.spread(values), abs=1e-3
                    )
            seen_at_all |= set(naive)
    assert len(seen_at_all) > 15


async def test_every_figure_lists_just_what_it_counts(counted_on):
    dice = Random(7)
    walk = walked(dice)
    desk = await counted_on(walk)
    first = CALENDARS["bppd"].date_of(walk.now) - timedelta(days=60)
    whole = Asked.of(first, first + timedelta(days=40), CALENDARS.items(), walk.now)
    listed = 0
    for group in await figures(desk, whole):
        agencies = [group.agency] if group.agency else list(CALENDARS)
        asked = Asked.of(
            whole.first,
            whole.last,
            [(agency, CALENDARS[agency]) for agency in agencies],
            walk.now,
            group.channel,
        )
        for figure, count in group.figures.items():
            rows = await listing(desk, asked, figure)
            assert len(rows) == count, figure
            assert {row.agency for row in rows} <= set(agencies)
            if group.channel is not None:
                assert {row.channel for row in rows} <= {Channel(group.channel)}
            listed += count
    assert listed > 100


async def listing(desk, asked, figure):
    """All pages of a list, which are small here."""
    rows: list[CountedRow] = []
    place = Place()
    while True:
        page = await counted_cases(desk, asked, figure, place, limit=3)
        rows += page.items
        if page.next is None:
            return rows
        place = Place.read(page.next)
