"""The annual report can be reckoned up by who reads it, from its own numbers."""

from datetime import date, datetime, timedelta

import pytest

from projections.reports import compliance
from projections.reports.annual import annual
from projections.reports.compliance import Statement, figures
from projections.reports.measured import Spread
from projections.reports.period import Asked
from projections.reports.standing import VIEWS
from tests.domain import past
from tests.domain.offices import BIRO, BPPD, OFFICES
from tests.domain.receipts import lettered
from tests.domain.scenarios import Happened, wita
from tests.projections import lives
from tests.projections.projecting import projected

AFTERWARDS = wita("2027-02-01 08:00")


def at(when: datetime, *happened: Happened) -> list[Happened]:
    """These facts a minute after one another, the last of them at that time."""
    first = when - timedelta(minutes=len(happened) - 1)
    return [
        Happened(one.event, one.by, first + timedelta(minutes=n))
        for n, one in enumerate(happened)
    ]


def answer(when):
    return at(when, past.disposed(), *past.approved(), past.delivered())


@pytest.fixture
async def year(database_url, desk):
    """2026: one letter left over from before, one that came, and one reopened."""
    for n, life in enumerate(
        [
            (lettered(at=wita("2025-12-30 09:00")), *answer(wita("2026-01-05 09:00"))),
            (
                lettered(at=wita("2026-03-10 09:00")),
                *answer(wita("2026-03-12 09:00")),
                *at(wita("2026-12-30 09:00"), past.reopened()),
            ),
            (lettered(at=wita("2026-12-30 09:00"), agency=BIRO),),
        ]
    ):
        await lives.record(desk, lives.entries(life, f"BPPD-2026-{n:05}"))
    await projected(database_url, desk, views=VIEWS)

    async def year(agency=None):
        calendars = [
            (code, office.calendar)
            for code, office in OFFICES.items()
            if agency in {None, code}
        ]
        asked = Asked.of(date(2026, 1, 1), date(2026, 12, 31), calendars, AFTERWARDS)
        stated = Statement(
            agency=agency,
            position=1,
            left_out=0,
            head=1,
            generated_at=AFTERWARDS,
            seen_by=(),
        )
        return annual(compliance.stated(await figures(desk, asked), asked, stated))

    return year


async def test_what_was_left_over_and_reopened_stands_beside_what_came(year):
    whole, *_ = (await year()).agencies

    assert (whole.backlog_at_start, whole.requests, whole.reopened) == (1, 2, 1)
    assert (whole.finished, whole.granted, whole.backlog_at_end) == (2, 2, 2)
    assert [(one.left, one.right, one.holds) for one in whole.checks] == [
        (2, 2, True),
        (2, 2, True),
    ]


async def test_of_all_agencies_together_the_time_is_told_too(year):
    whole, biro, bppd = (await year()).agencies

    [time] = whole.time_needed
    assert (time.channel, time.requests) == (None, 2)
    assert time.needed.days == Spread(2, 6, 6)
    assert time == bppd.time_needed[0]
    assert biro.time_needed[0].needed is None


async def test_of_one_agency_alone_no_other_is_named(year):
    report = await year(BPPD)

    assert [one.agency for one in report.agencies] == [BPPD]
    assert report.zones == {BPPD: "Asia/Makassar"}
    assert report.generated_at.isoformat() == "2027-02-01T08:00:00+08:00"
