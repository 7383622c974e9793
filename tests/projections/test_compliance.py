"""Figures of a period, from cases that the projector folded, written out by hand."""

import asyncio
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest
from msgspec.structs import replace

from application.entries import Metadata, NewEntry
from domain import events
from domain.due import Due
from domain.values import Clock, CorrectableFact, DayKind, DeliveryMeans
from projections import rebuilding
from projections.reports import counted_cases as counted_cases_module
from projections.reports import standing
from projections.reports.compliance import figures
from projections.reports.counted_cases import all_counted, counted_cases
from projections.reports.period import Asked, BadPeriodError
from projections.reports.standing import (
    VIEWS,
    NotSoFarError,
    NoViewsError,
    Stand,
    as_they_serve,
    as_they_were,
)
from tests.domain import past
from tests.domain.offices import BIRO, BPPD, OFFICES
from tests.domain.receipts import lettered, visited
from tests.domain.scenarios import Happened, wita
from tests.projections import lives
from tests.projections.projecting import parked, projected
from tests.projections.test_projector import RAW

CALENDARS = {code: office.calendar for code, office in OFFICES.items()}
FEBRUARY = (date(2026, 2, 1), date(2026, 2, 28))
AFTERWARDS = wita("2026-06-01 08:00")
SECOND = timedelta(seconds=1)
FIRST_MIDNIGHT, LAST_MIDNIGHT = wita("2026-02-01 00:00"), wita("2026-03-01 00:00")


def entered(*life: Happened, n: int = 1) -> list[NewEntry]:
    """A life with the times that its facts say."""
    return lives.entries(life, f"BPPD-2026-{n:05}", uuid4())


def at(when: datetime, *happened: Happened) -> list[Happened]:
    """These facts a minute after one another, the last of them at that time."""
    first = when - timedelta(minutes=len(happened) - 1)
    return [
        Happened(one.event, one.by, first + timedelta(minutes=n))
        for n, one in enumerate(happened)
    ]


def answered(received: datetime, delivered: datetime, how=DeliveryMeans.POST):
    """A letter from its receipt to its answer."""
    return (
        lettered(at=received),
        *at(delivered, past.disposed(), *past.approved(), past.delivered(how)),
    )


def asked(first=FEBRUARY[0], last=FEBRUARY[1], now=AFTERWARDS, agencies=(BIRO, BPPD)):
    """Those days, long afterwards."""
    return Asked.of(first, last, [(one, CALENDARS[one]) for one in agencies], now)


@pytest.fixture
def told(database_url, desk):
    """Record lives, project them, and give the figures that are not zero."""

    async def told(*made: list[NewEntry], of=None, place=(None, None)):
        for life in made:
            await lives.record(desk, life)
        if made:
            await projected(database_url, desk, views=VIEWS)
        return await nonzero(desk, of or asked(), place)

    return told


async def nonzero(connection, of, place=(None, None)):
    """The figures of one group, each as its count; all groups add up."""
    groups = await figures(connection, of)
    assert all(group.adds_up for group in groups), groups
    [group] = [one for one in groups if (one.agency, one.channel) == place]
    return {figure: n for figure, n in group.figures.items() if n}


async def measured(connection, of, figure):
    """Median, p90 and greatest of all agencies, in seconds and in days."""
    group = (await figures(connection, of))[0].measured[figure]
    assert group is not None
    return group.seconds, group.days


async def test_a_letter_answered_on_its_last_day_is_on_time(told, desk):
    life = answered(wita("2026-02-10 09:00"), wita("2026-02-17 23:59"))

    assert await told(entered(*life)) == {
        "received": 1,
        "finished": 1,
        "outcome:granted": 1,
        "answered": 1,
        "on_time_standard": 1,
        "on_time_statute": 1,
    }
    seconds, days = await measured(desk, asked(), "answered")
    assert seconds.median == (7 * 24 + 15) * 3600 - 60
    assert days.median == days.p90 == days.max == 7


async def test_at_the_midnight_that_ends_its_last_day_it_is_late(told, desk):
    life = answered(wita("2026-02-10 09:00"), wita("2026-02-18 00:00"))

    counted = await told(entered(*life))

    assert counted["late_standard"] == counted["on_time_statute"] == 1
    seconds, days = await measured(desk, asked(), "late_standard")
    assert seconds.max == 0
    assert days.max == 1, "the first day after the term"


async def test_lateness_is_told_in_days_as_the_clock_counts_them(told, desk):
    # The statute's tenth working day is the 26th: Chinese New Year and its leave fall
    # on the 16th and 17th. The next working days are Friday, Monday and Tuesday.
    life = answered(wita("2026-02-10 09:00"), wita("2026-03-03 10:00"))
    march = asked(date(2026, 3, 1), date(2026, 3, 31))

    counted = await told(entered(*life), of=march)

    assert counted["late_standard"] == counted["late_statute"] == 1
    assert (await measured(desk, march, "late_statute"))[1].max == 3
    assert (await measured(desk, march, "late_standard"))[1].max == 14


async def test_half_and_nine_in_ten_are_no_greater_than_a_value_that_occurred(
    told, desk
):
    lengths = (1, 2, 4, 7)
    received = wita("2026-02-03 09:00")
    made = [
        entered(*answered(received, received + timedelta(days=length)), n=n)
        for n, length in enumerate(lengths)
    ]

    await told(*made)

    _, days = await measured(desk, asked(), "answered")
    assert (days.median, days.p90, days.max) == (2, 7, 7)


@pytest.mark.parametrize(
    ("received", "counts"),
    [
        (FIRST_MIDNIGHT - SECOND, {"backlog_at_start": 1, "backlog_at_end": 1}),
        (FIRST_MIDNIGHT, {"received": 1, "backlog_at_end": 1}),
        (LAST_MIDNIGHT - SECOND, {"received": 1, "backlog_at_end": 1}),
        (LAST_MIDNIGHT, {}),
    ],
)
async def test_a_period_is_of_the_agencys_local_days(told, received, counts):
    of = asked(now=received + SECOND)

    assert await told(entered(lettered(at=received)), of=of) == counts


@pytest.mark.parametrize(
    ("delivered", "figure"),
    [(LAST_MIDNIGHT - SECOND, "finished"), (LAST_MIDNIGHT, "backlog_at_end")],
)
async def test_who_answers_when_the_period_ends_has_not_finished_in_it(
    told, delivered, figure
):
    counted = await told(entered(*answered(wita("2026-02-24 09:00"), delivered)))

    assert {"finished", "backlog_at_end"} & set(counted) == {figure}


async def test_a_case_reopened_in_another_period_counts_again_when_finished(told):
    life = (
        *answered(wita("2026-02-10 09:00"), wita("2026-02-12 09:00")),
        *at(wita("2026-03-05 09:00"), past.reopened()),
        *at(wita("2026-04-07 09:00"), past.drafted(n=2), past.initialled(1, draft=2)),
        *at(
            wita("2026-04-09 09:00"),
            past.initialled(2, draft=2),
            past.signed(draft=2),
            past.delivered(),
        ),
    )

    february = await told(entered(*life))
    march = await told(of=asked(date(2026, 3, 1), date(2026, 3, 31)))
    april = await told(of=asked(date(2026, 4, 1), date(2026, 4, 30)))

    assert february["finished"] == february["outcome:granted"] == 1
    assert march == {"reopened": 1, "backlog_at_end": 1}
    assert april == {"backlog_at_start": 1, "finished": 1, "outcome:granted": 1}


async def test_a_later_reopening_takes_no_refusal_out_of_a_period_that_is_over(told):
    life = (
        *visited(at=wita("2026-02-10 09:00")),
        *at(wita("2026-02-10 09:10"), past.directed(), past.refused_at_counter()),
    )
    case = uuid4()
    made = lives.entries(
        (*life, *at(wita("2026-03-05 09:00"), past.reopened())),
        "BPPD-2026-00001",
        case,
    )

    before = await told(made[:-1])
    after = await told(made[-1:])

    assert before == after
    assert after["refusal_ground:kip17.c"] == after["outcome:refused_as_exempt"] == 1


async def test_the_quarter_of_an_hour_at_the_counter_is_a_target(told, desk):
    def visit(minutes, n):
        came = wita("2026-02-10 09:00")
        last = came + timedelta(minutes=minutes)
        talk = at(last, past.directed(), past.answered_orally())
        return entered(*visited(at=came), *talk, n=n)

    counted = await told(visit(14, 1), visit(15, 2), visit(42, 3))

    assert counted["target_met_standard"] == 1
    assert counted["target_overrun_standard"] == 2
    assert not {"late_standard", "on_time_standard", "overdue_standard"} & set(counted)
    assert counted["on_time_statute"] == 3
    seconds, days = await measured(desk, asked(), "target_overrun_standard")
    assert seconds.max == 27 * 60
    assert days is None


async def test_a_target_that_nobody_meets_is_never_overdue(told):
    counted = await told(entered(*visited(at=wita("2026-02-02 09:00"))))

    assert counted == {"received": 1, "backlog_at_end": 1, "overdue_statute": 1}


async def test_what_is_not_answered_is_late_by_the_end_or_by_now(told, desk):
    made = entered(lettered(at=wita("2026-02-10 09:00")))
    due = wita("2026-02-18 00:00")

    assert "overdue_standard" not in await told(made, of=asked(now=due - SECOND))
    assert (await told(of=asked(now=due)))["overdue_standard"] == 1
    _, days = await measured(desk, asked(), "overdue_standard")
    assert days.max == 12, "18 February up to 1 March, when the month was over"


async def test_an_extension_after_the_fact_stays_a_miss(told):
    received, extended = wita("2026-02-03 09:00"), wita("2026-02-24 09:00")
    life = [lettered(at=received), *at(extended, past.disposed(), too_late())]
    answer = at(wita("2026-02-26 09:00"), *past.approved(), past.delivered())

    counted = await told(entered(*life, *answer))

    assert counted["extensions"] == counted["late_statute"] == 1


def too_late() -> Happened:
    """Seven more working days, asked for when the ten were over."""
    calendar = CALENDARS[BPPD]
    due = Due(
        clock=Clock.STATUTE,
        day_kind=DayKind.WORKING,
        starts_at=wita("2026-02-03 09:00"),
        due_on=date(2026, 3, 3),
        due_at=calendar.end_of(date(2026, 3, 3)),
        calendar_edition=calendar.edition,
        length=10,
        extension=7,
    )
    event = events.DeadlineExtended(
        working_days=7,
        reason="perlu dihimpun",
        notice_sent_at=wita("2026-02-24 09:00"),
        missed=(Clock.STATUTE,),
        due=(due,),
    )
    return Happened(event, by="kepala")


async def test_a_clock_that_rests_until_further_notice_makes_nobody_late(told):
    rest = events.ClockPaused(
        ground="menunggu uji konsekuensi",
        first=date(2026, 2, 12),
        starts_at=wita("2026-02-12 00:00"),
        clocks=(Clock.STANDARD, Clock.STATUTE),
    )
    life = [
        lettered(at=wita("2026-02-10 09:00")),
        *at(wita("2026-02-11 09:00"), past.disposed(), Happened(rest, by="kepala")),
    ]
    case = uuid4()
    answer = at(wita("2026-04-01 09:00"), *past.approved(), past.delivered())
    made = lives.entries((*life, *answer), "BPPD-2026-00001", case)

    resting = await told(made[: len(life)])
    assert resting == {"received": 1, "backlog_at_end": 1, "pauses": 1}

    april = asked(date(2026, 4, 1), date(2026, 4, 30))
    finished = await told(made[len(life) :], of=april)
    assert finished["on_time_standard"] == finished["on_time_statute"] == 1


async def test_a_card_kept_over_night_shows_at_the_end(told):
    came = wita("2026-02-27 15:00")
    life = (
        *visited(at=came, card="ktp"),
        *at(came + timedelta(minutes=9), past.directed(), past.answered_orally()),
        *at(wita("2026-03-02 08:00"), past.card_returned()),
    )

    february = await told(entered(*life))
    march = await told(of=asked(date(2026, 3, 1), date(2026, 3, 31)))

    assert february["cards_taken"] == february["cards_held_at_end"] == 1
    assert march == {"cards_held_at_start": 1, "cards_returned": 1}


async def test_what_was_told_late_is_the_difference_between_two_positions(
    told, desk, owner
):
    first = entered(*answered(wita("2026-02-03 09:00"), wita("2026-02-05 09:00")))
    before = await told(first)
    position = (await positions(desk))[-1]
    corrected = events.FactCorrected(
        version=len(first),
        fact=CorrectableFact.OCCURRED_AT,
        value=wita("2026-03-02 09:00").isoformat(),
        before=None,
        reason="tanggal kirim keliru",
    )
    late = entered(*answered(wita("2026-02-20 09:00"), wita("2026-02-21 09:00")), n=2)
    [told_anew] = lives.entries(
        [Happened(corrected, "kepala", wita("2026-04-01 09:00"))], "", first[0].stream
    )
    moved = NewEntry(
        stream=first[0].stream,
        version=len(first) + 1,
        event=corrected,
        event_id=uuid4(),
        occurred_at=told_anew.occurred_at,
        recorded_at=told_anew.recorded_at,
        metadata=Metadata(official="kepala", rule="row"),
    )
    after = await told(late, [moved])

    assert before["received"] == before["answered"] == 1
    assert after["received"] == 2
    assert after["answered"] == 1, "the one told late; the other's answer was in March"
    assert after["backlog_at_end"] == 1
    async with as_they_were(owner, position) as stand:
        assert stand == Stand(position, left_out=0)
        assert await nonzero(owner, asked()) == before
    async with as_they_were(owner, (await positions(desk))[-1]):
        assert await nonzero(owner, asked()) == after
    assert await nonzero(desk, asked()) == after, "nothing was left behind"


async def positions(connection):
    """Every position of the register."""
    cursor = await connection.execute(
        "select notification_id from register order by notification_id"
    )
    return [position for (position,) in await cursor.fetchall()]


async def test_a_position_that_is_not_reached_cannot_be_asked_for(owner):
    with pytest.raises(NotSoFarError):
        async with as_they_were(owner, 1):
            pass


async def test_a_corrected_receipt_is_counted_on_its_right_day(told):
    made = entered(lettered(at=wita("2026-02-10 09:00")))
    right = events.FactCorrected(
        version=1,
        fact=CorrectableFact.OCCURRED_AT,
        value=wita("2026-01-30 09:00").isoformat(),
        before=None,
        reason="cap agenda 30 Januari",
    )
    correction = NewEntry(
        stream=made[0].stream,
        version=2,
        event=right,
        event_id=uuid4(),
        occurred_at=wita("2026-02-11 09:00"),
        recorded_at=wita("2026-02-11 09:00"),
        metadata=Metadata(official="kepala", rule="row"),
    )

    counted = await told(made, [correction])

    assert "received" not in counted
    assert counted["backlog_at_start"] == counted["backlog_at_end"] == 1


async def test_figures_of_an_agency_leave_the_other_one_out(told):
    await told(
        entered(lettered(at=wita("2026-02-10 09:00"))),
        entered(lettered(at=wita("2026-02-10 09:00"), agency=BIRO), n=2),
        entered(*visited(at=wita("2026-02-10 09:00"), agency=BIRO), n=3),
    )

    assert (await told())["received"] == 3
    assert (await told(place=(BIRO, None)))["received"] == 2
    assert (await told(place=(BIRO, "letter")))["received"] == 1
    assert (await told(of=asked(agencies=[BPPD])))["received"] == 1


async def test_a_row_that_was_lost_or_moved_does_not_add_up(told, desk):
    await told(entered(lettered(at=wita("2026-02-10 09:00"))))
    await desk.execute(
        "update cases set received_at = received_at - interval '1 month'"
    )

    [whole, *_] = await figures(desk, asked())

    assert not whole.adds_up
    [broken] = [check for check in whole.checks if not check.holds]
    assert broken.check.startswith("backlog_at_start + received")
    assert (broken.left, broken.right) == (0, 1)


async def test_the_cases_of_a_figure_say_when_and_how_much(told, desk):
    await told(entered(*answered(wita("2026-02-10 09:00"), wita("2026-02-20 09:00"))))

    [row] = (await counted_cases(desk, asked(), "late_standard")).items

    assert row.registration_number == "BPPD-2026-00001"
    assert row.at == wita("2026-02-20 09:00")
    assert (row.seconds, row.days) == ((2 * 24 + 9) * 3600, 3)


def test_a_period_does_not_end_before_it_begins():
    with pytest.raises(BadPeriodError):
        asked(date(2026, 3, 1), date(2026, 2, 28))


async def test_no_copy_is_switched_while_a_report_reads(told, desk, database_url):
    await told(entered(lettered(at=wita("2026-02-10 09:00"))))
    switching = asyncio.Event()

    def tell(progress):
        if progress.step == "switching":
            switching.set()

    async with as_they_serve(desk) as stand:
        rebuilt = asyncio.create_task(
            rebuilding.rebuild(database_url, VIEWS, told=tell, is_compared=False)
        )
        await switching.wait()
        assert await nonzero(desk, asked()) == {"received": 1, "backlog_at_end": 1} | {
            "overdue_standard": 1,
            "overdue_statute": 1,
        }
        assert not rebuilt.done()

    assert stand.position == (await positions(desk))[-1]
    assert len(await rebuilt) == len(VIEWS)


async def test_what_views_could_not_take_is_told_and_no_alarm_is_raised_of_the_past(
    told, desk, owner, monkeypatch, logged
):
    good = entered(lettered(at=wita("2026-02-10 09:00")))
    bad = entered(*answered(wita("2026-02-03 09:00"), wita("2026-02-05 09:00")), n=2)
    await lives.record(desk, bad[:1])
    strange = {"stream": bad[0].stream, "version": 2, "tag": "teleported"}
    await owner.execute(RAW, strange | {"state": b'{"type":"teleported"}'})
    behind = replace(bad[1], version=3)
    counted = await told([behind], good)
    known = await parked(desk)
    head = (await positions(desk))[-1]
    assert "entry_parked" in logged.getvalue()
    logged.truncate(0)

    monkeypatch.setattr(standing, "_PAGE", 1)
    async with as_they_were(owner, head) as stand:
        assert stand == Stand(head, left_out=2)
        assert await nonzero(owner, asked()) == counted
        assert await parked(owner) == known
    async with as_they_serve(desk) as stand:
        assert stand == Stand(head, left_out=2)

    assert "entry_parked" not in logged.getvalue()


async def test_all_that_a_figure_counts_is_what_its_pages_hold(told, desk, monkeypatch):
    life = answered(wita("2026-02-10 09:00"), wita("2026-02-12 09:00"))
    await told(*(entered(*life, n=n) for n in range(7)))
    monkeypatch.setattr(counted_cases_module, "READ_AT_ONCE", 3)
    monkeypatch.setattr(counted_cases_module, "AT_ONCE", 2)

    whole = (await counted_cases(desk, asked(), "answered")).items
    parts = [
        part
        async for part in all_counted(lambda: nullcontext(desk), asked(), "answered")
    ]

    assert [len(part) for part in parts] == [2, 1, 2, 1, 1]
    assert [row for part in parts for row in part] == list(whole)


async def test_before_there_are_views_there_is_no_report(url_without_views):
    async with await psycopg.AsyncConnection.connect(
        url_without_views, autocommit=True
    ) as desk:
        with pytest.raises(NoViewsError):
            async with as_they_serve(desk):
                raise AssertionError
