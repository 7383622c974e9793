"""The board counts what is open, and changes its figures at local midnight."""

import math
from collections import Counter
from datetime import datetime, timedelta

import pytest
from msgspec.structs import asdict

from domain import turns
from domain.calendar import Calendar
from domain.case import UNANSWERED
from domain.values import Channel, Clock, Stage
from projections.board import Board, Late, Load
from projections.board_counted import Asked, Counted, count
from projections.case_row import Row
from tests.domain import past
from tests.domain.offices import BIRO, BPPD, OFFICES
from tests.domain.receipts import lettered, reported, visited
from tests.domain.scenarios import MINUTE, MORNING, wita
from tests.projections import lives
from tests.projections.projecting import projected
from tests.projections.test_worklist import APPROVED, DRAFTED, History, told
from tests.projections.walks import entries_of, is_case, rows_of, walked

NOTHING = Load(
    open=0,
    due_today=0,
    due_within_3_days=0,
    late=0,
    late_by=Late(standard=0, statute=0),
    target_overrun=0,
    undated=0,
)
OPEN: tuple[History, ...] = (
    (visited(),),
    (visited(card="ktp"), past.directed()),
    DRAFTED,
    (*DRAFTED, past.initialled(1)),
    (reported(), past.reviewed(), past.disposed()),
    APPROVED,
    (*APPROVED, past.called()),
)
ANSWERED: History = (*APPROVED, past.delivered())


def calendar(agency: str) -> Calendar:
    return OFFICES[agency].calendar


async def counted(desk, now: datetime, *agencies: str, **more: object) -> Counted:
    asked = Asked(agencies=agencies or (BPPD,), edition="id-1", **more)  # type: ignore[arg-type]
    return await count(desk, asked, calendar, now)


async def board(desk, at: datetime | str, *agencies: str, **more: object) -> Board:
    now = wita(at) if isinstance(at, str) else at
    return (await counted(desk, now, *agencies, **more)).board


async def test_each_stage_has_its_row(database_url, desk):
    await told(database_url, desk, *OPEN, ANSWERED)

    shown = await board(desk, "2026-02-10 12:00")

    assert sorted(
        (row.channel.value, row.stage.value, row.open, dict(row.turns))
        for row in shown.rows
    ) == [
        ("face_to_face", "disposed", 1, {"handler": 1}),
        ("face_to_face", "received", 1, {"receptionist": 1}),
        ("letter", "approved", 1, {"letter_clerk": 1}),
        ("letter", "awaiting_pickup", 1, {"requester": 1}),
        ("letter", "drafted", 1, {"subdivision_head": 1}),
        ("letter", "in_review", 1, {"division_head": 1}),
        ("sp4n_lapor", "disposed", 1, {"handler": 1}),
    ]
    assert (shown.totals.open, shown.totals.late, shown.totals.undated) == (7, 0, 0)
    assert shown.totals.target_overrun == 2
    assert [(one.turn, one.open) for one in shown.waiting] == [
        ("division_head", 1),
        ("handler", 2),
        ("letter_clerk", 1),
        ("receptionist", 1),
        ("requester", 1),
        ("subdivision_head", 1),
    ]
    handler = next(one for one in shown.waiting if one.turn == "handler")
    assert handler.oldest_since.isoformat() == "2026-02-10T09:06:00+08:00"
    assert shown.calendar_edition == "id-1"
    cursor = await desk.execute("select max(position) from cases")
    assert (shown.position,) == await cursor.fetchone()


@pytest.mark.parametrize(
    ("at", "figures"),
    [
        # A letter of the 10th: seven calendar days by the page, ten working days by
        # the Act, with Chinese New Year and its leave in between.
        ("2026-02-13 23:59", {}),
        ("2026-02-14 00:00", {"due_within_3_days": 1}),
        ("2026-02-16 23:59", {"due_within_3_days": 1}),
        ("2026-02-17 00:00", {"due_within_3_days": 1, "due_today": 1}),
        ("2026-02-17 23:59", {"due_within_3_days": 1, "due_today": 1}),
        ("2026-02-18 00:00", {"late": 1, "late_by": Late(standard=1, statute=0)}),
        ("2026-02-26 23:59", {"late": 1, "late_by": Late(standard=1, statute=0)}),
        ("2026-02-27 00:00", {"late": 1, "late_by": Late(standard=1, statute=1)}),
    ],
)
async def test_days_end_at_midnight_in_kupang(database_url, desk, at, figures):
    await told(database_url, desk, (lettered(),))

    totals = (await board(desk, at)).totals

    assert asdict(totals) == asdict(NOTHING) | {"open": 1} | figures


async def test_a_quarter_of_an_hour_is_a_target_and_no_limit(database_url, desk):
    await told(database_url, desk, (visited(),))
    ends = MORNING + timedelta(minutes=15)

    before, after = [(await board(desk, at)).totals for at in (ends - MINUTE, ends)]

    assert (before.target_overrun, before.late) == (0, 0)
    assert (after.target_overrun, after.late) == (1, 0)


async def test_the_pace_is_that_of_first_answers_in_the_last_days(database_url, desk):
    slow = tuple(
        (lettered(), past.disposed(), past.approved(), past.delivered(at=at))
        for at in (
            MORNING + timedelta(hours=1),
            MORNING + timedelta(hours=2),
            MORNING + timedelta(hours=3),
            MORNING + timedelta(days=2),
        )
    )
    await told(database_url, desk, *slow)

    async def paces(at: str, **more: object) -> list[tuple[object, ...]]:
        shown = await board(desk, at, **more)
        return [
            (one.agency, one.channel, one.of_unit, one.answered, one.median_seconds)
            for one in shown.pace
        ]

    hour = 3600
    everything = [
        (None, None, False, 4, 2 * hour),
        (BPPD, None, False, 4, 2 * hour),
        (BPPD, Channel.LETTER, False, 4, 2 * hour),
        (BPPD, Channel.LETTER, True, 4, 2 * hour),
    ]
    assert await paces("2026-02-12 10:00") == everything
    shown = await board(desk, "2026-02-12 10:00")
    assert {one.p90_seconds for one in shown.pace} == {48 * hour}
    # The 10th is the thirtieth day before the 11th of March, today included.
    assert await paces("2026-03-11 23:59") == everything
    assert [one[3] for one in await paces("2026-03-12 00:00")] == [1, 1, 1, 1]
    assert await paces("2026-02-13 00:00", days=1) == []
    assert [one[3] for one in await paces("2026-02-12 23:59", days=1)] == [1] * 4
    assert await paces("2026-02-12 10:00", channel=Channel.SP4N_LAPOR) == []


async def test_within_the_seconds_told_half_were_answered_indeed(database_url, desk):
    answered = MORNING + timedelta(hours=1, milliseconds=400)
    letter = (lettered(), past.disposed(), past.approved(), past.delivered(at=answered))
    await told(database_url, desk, letter)

    shown = await board(desk, "2026-02-12 10:00")

    assert {(one.median_seconds, one.p90_seconds) for one in shown.pace} == {
        (3601, 3601)
    }


async def test_another_agency_is_not_counted(database_url, desk):
    await told(database_url, desk, *OPEN, ANSWERED)

    shown = await board(desk, "2026-02-10 12:00", BIRO)

    assert (shown.totals, shown.rows, shown.waiting, shown.pace) == (
        NOTHING,
        (),
        (),
        (),
    )


async def test_a_unit_is_counted_with_those_below_it(database_url, desk):
    letters = [
        (lettered(), disposed_in(unit)) for unit in ("batas/lintas", "batas", "batasan")
    ]
    await told(database_url, desk, *letters, (lettered(),))

    shown = await board(desk, "2026-02-10 12:00", unit="batas")

    assert [(row.unit, row.open) for row in shown.rows] == [
        ("batas", 1),
        ("batas/lintas", 1),
    ]


def disposed_in(unit: str):
    disposed = past.disposed()
    event = type(disposed.event)(**asdict(disposed.event) | {"unit": unit})
    return type(disposed)(event=event, by=disposed.by)


async def test_the_figures_stand_until_the_next_limit_or_midnight(database_url, desk):
    await told(database_url, desk, (lettered(),), (visited(),))

    async def until(at: str) -> datetime:
        return (await counted(desk, wita(at))).until

    assert await until("2026-02-10 09:10") == MORNING + timedelta(minutes=15)
    assert await until("2026-02-10 09:20") == wita("2026-02-11 00:00")
    assert await until("2026-02-17 09:20") == wita("2026-02-18 00:00")


@pytest.mark.parametrize("seed", [11, 12, 13])
async def test_random_histories_counted_a_slow_way_give_the_same(
    database_url, desk, seed
):
    walk = walked(seed, steps=500)
    await lives.record(desk, entries_of(walk))
    await projected(database_url, desk)
    rows = [
        list(rows_of(stream, history))[-1]
        for stream, history in walk.register.histories.items()
        if is_case(history)
    ]

    for days in (0, 1, 5, 40):
        now = walk.now + timedelta(days=days)
        shown = await board(desk, now, BIRO, BPPD, days=366)
        open_now = [row for row in rows if row.case.stage in UNANSWERED]
        told_so = Counter(key(row) for row in open_now)
        assert told_so == Counter(
            {
                (row.agency, row.channel, row.unit, row.stage): row.open
                for row in shown.rows
            }
        )
        assert shown.totals == slowly(open_now, now)
        waiting = Counter((row.case.agency, turns.whose(row.case)) for row in open_now)
        assert waiting == {(one.agency, one.turn): one.open for one in shown.waiting}
        times = sorted(
            math.ceil((answered - row.case.times[0]).total_seconds())
            for row in rows
            if (answered := answered_at(row)) is not None
        )
        if times:
            [all_] = [one for one in shown.pace if one.agency is None]
            assert all_.answered == len(times)
            assert all_.median_seconds == times[math.ceil(len(times) * 0.5) - 1]
            assert all_.p90_seconds == times[math.ceil(len(times) * 0.9) - 1]


def key(row: Row) -> tuple[str, Channel, str | None, Stage]:
    case = row.case
    return case.agency, case.channel, case.unit, case.stage


def answered_at(row: Row) -> datetime | None:
    version = row.case.first_answered_in
    return None if version is None else row.case.times[version - 1]


def slowly(rows: list[Row], now: datetime) -> Load:
    """Case by case, from its clocks."""
    sums: Counter[str] = Counter()
    for row in rows:
        today = calendar(row.case.agency).date_of(now)
        over = {
            clock.due.clock: clock.due.soft
            for clock in row.case.clocks
            if clock.due.clock in {Clock.STANDARD, Clock.STATUTE}
            and clock.ended_at is None
            and clock.ran_out(now)
        }
        hard = {clock for clock, soft in over.items() if not soft}
        is_due = row.due_on is not None and not hard
        sums["open"] += 1
        sums["undated"] += row.due_on is None
        sums["late"] += bool(hard)
        sums["standard"] += Clock.STANDARD in hard
        sums["statute"] += Clock.STATUTE in hard
        sums["target_overrun"] += any(over.values())
        if is_due:
            assert row.due_on is not None
            sums["due_today"] += row.due_on <= today
            sums["due_within_3_days"] += row.due_on <= today + timedelta(days=3)
    return Load(
        open=sums["open"],
        due_today=sums["due_today"],
        due_within_3_days=sums["due_within_3_days"],
        late=sums["late"],
        late_by=Late(standard=sums["standard"], statute=sums["statute"]),
        target_overrun=sums["target_overrun"],
        undated=sums["undated"],
    )
