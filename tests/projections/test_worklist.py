"""Everyone finds on his work list what waits for him, and nothing else."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeAlias
from uuid import uuid4

import pytest
from msgspec.structs import replace

from application.office import authority
from domain.office import Office, Official
from domain.stand_ins import StandIn
from domain.units import UnitChange
from domain.values import Capacity, Requirement, Role
from projections.cursor import BadCursorError
from projections.owed import ABOUT_COMPLAINTS, ABOUT_OBJECTIONS, Duty
from projections.reader import Seat
from projections.work_page import Due, Place
from projections.worklist import MOST, Wanted, worklist
from tests.domain import past
from tests.domain.offices import (
    ANALYST,
    BIRO,
    BPPD,
    CLERK,
    DIVISION_HEAD,
    DOUBLE,
    HEAD,
    OFFICES,
    OTHER_DIVISION_HEAD,
    OTHER_SUBDIVISION_HEAD,
    RECEPTIONIST,
    SEKDA,
    SUBDIVISION_HEAD,
)
from tests.domain.receipts import lettered, reported, visited
from tests.domain.scenarios import MINUTE, MORNING, Happened, wita
from tests.projections import lives, work_told
from tests.projections.projecting import projected
from tests.projections.walks import entries_of, is_case, rows_of, walked

TABLE = authority.load()
OFFICE = OFFICES[BPPD]
BESIDE = {*ABOUT_COMPLAINTS, *ABOUT_OBJECTIONS}
LATER = MORNING + timedelta(hours=2)
Member: TypeAlias = tuple[Official, Office]
History: TypeAlias = tuple[Happened | tuple[Happened, ...], ...]


def member(who: str, agency: str = BPPD, office: Office | None = None) -> Member:
    office = office or OFFICES[agency]
    return office.directory.officials[who, agency], office


async def page(desk, *members: Member, now=LATER, **more):  # noqa: ANN003 - of Wanted
    seats = [Seat.of(official, TABLE, office, now) for official, office in members]
    return await worklist(desk, Wanted(seats=seats, now=now, **more))


async def listed(desk, who: str, *, office: Office | None = None, **more):  # noqa: ANN003
    """What stands on the first page: task and registration number."""
    found = await page(desk, member(who, office=office), **more)
    return [(item.task.value, item.registration_number) for item in found.items]


async def told(database_url, desk, *histories: History) -> None:
    """Record histories and project them; they are numbered from 1."""
    made = [
        lives.entries(lives._told(*history), number(n))
        for n, history in enumerate(histories, start=1)
    ]
    await lives.record(desk, lives.interleaved(made))
    await projected(database_url, desk)


def number(n: int) -> str:
    return f"BPPD-2026-{n:05}"


def people(agency: str) -> Iterable[Official]:
    return (
        official
        for official in OFFICES[agency].directory.officials.values()
        if official.agency == agency and not official.disabled
    )


DRAFTED: History = (lettered(), past.disposed(), past.drafted())
APPROVED: History = (lettered(), past.disposed(), past.approved())


@pytest.mark.parametrize(("seed", "page_size"), [(1, 1), (2, 7), (3, 2000)])
async def test_everyone_s_list_is_what_rules_and_table_let_him_do(
    database_url, desk, seed, page_size
):
    walk = walked(seed, steps=500)
    await lives.record(desk, entries_of(walk))
    await projected(database_url, desk, page_size=page_size)
    rows = [
        list(rows_of(stream, history))[-1]
        for stream, history in walk.register.histories.items()
        if is_case(history)
    ]
    seen = 0
    for agency, office in walk.register.offices.items():
        for official in people(agency):
            found = await page(desk, (official, office), now=walk.now, limit=200)
            shown = [
                work_told.Told(item.task, item.case, item.stead)
                for item in found.items
                if item.task not in BESIDE
            ]
            expected = work_told.waiting(official, rows, office, TABLE, walk.now)

            assert len(shown) == len(set(shown))
            assert set(shown) == expected, official.id
            counted = dict.fromkeys(found.counts, 0)
            for item in found.items:
                counted[item.task] += 1
            assert found.counts == counted
            seen += len(shown)
    assert seen


async def test_rows_say_where_what_and_until_when(database_url, desk):
    await told(database_url, desk, DRAFTED)

    found = await page(desk, member(SUBDIVISION_HEAD))

    [item] = found.items
    assert item.task is Duty.APPROVAL
    assert item.registration_number == number(1)
    assert (item.agency, item.channel, item.stage) == (BPPD, "letter", "drafted")
    assert (item.role, item.stead) == (Role.SUBDIVISION_HEAD, None)
    assert item.whose_turn == "subdivision_head"
    assert item.since.isoformat() == "2026-02-10T09:07:00+08:00"
    assert item.due_on == date(2026, 2, 17)
    assert item.due_at is not None
    assert item.due_at.isoformat() == "2026-02-18T00:00:00+08:00"
    assert (item.target_at, item.late, item.due) == (None, False, Due.LATER)
    assert found.next is None
    assert found.counts == {"approval": 1}


async def test_a_head_of_another_unit_sees_no_approval_of_this_one(database_url, desk):
    await told(database_url, desk, DRAFTED, (*DRAFTED, past.initialled(1)))

    assert await listed(desk, SUBDIVISION_HEAD) == [("approval", number(1))]
    assert await listed(desk, DIVISION_HEAD) == [("approval", number(2))]
    assert await listed(desk, OTHER_SUBDIVISION_HEAD) == []
    assert await listed(desk, OTHER_DIVISION_HEAD) == []


async def test_who_holds_two_roles_has_the_tasks_of_both_once(database_url, desk):
    await told(database_url, desk, DRAFTED, (*DRAFTED, past.initialled(1)))

    both = [("approval", number(1)), ("approval", number(2))]
    assert await listed(desk, DOUBLE) == both
    assert await listed(desk, DOUBLE, role=Role.DIVISION_HEAD) == both[1:]
    assert await listed(desk, DOUBLE, role=Role.HANDLER) == []


async def test_another_agency_s_tasks_are_never_seen(database_url, desk):
    await told(database_url, desk, DRAFTED, APPROVED, (visited(),))

    for official in people(BIRO):
        found = await page(desk, (official, OFFICES[BIRO]))
        assert (found.items, set(found.counts.values())) == ((), set())
    both = await page(desk, member(SEKDA), member(SEKDA, BIRO))
    assert both.items == ()


async def test_only_the_assignee_finds_the_draft(database_url, desk):
    await told(database_url, desk, (lettered(), past.disposed()))

    for official in people(BPPD):
        found = await listed(desk, official.id)
        assert found == ([("draft", number(1))] if official.id == ANALYST else [])


def represented(office: Office, *stand_ins: tuple[str, str]) -> Office:
    """The office in which some act for others today."""
    appointed = tuple(
        StandIn(
            agency=BPPD,
            official=official,
            acting_for=absent,
            capacity=Capacity.DAILY_ACTING,
            first=date(2026, 2, 10),
            last=date(2026, 2, 10),
            decree="SP 1",
        )
        for official, absent in stand_ins
    )
    return replace(office, directory=replace(office.directory, stand_ins=appointed))


async def test_who_stands_in_finds_what_waits_for_the_absent_one(database_url, desk):
    await told(
        database_url,
        desk,
        (lettered(), past.disposed()),
        DRAFTED,
        (*DRAFTED, past.initialled(1)),
        (lettered(),),
    )
    office = represented(OFFICE, (DIVISION_HEAD, HEAD), (DIVISION_HEAD, ANALYST))

    found = await page(desk, member(DIVISION_HEAD, office=office))

    assert sorted(
        (item.task.value, item.registration_number, item.stead)
        for item in found.items
        if item.registration_number is not None
    ) == [
        ("approval", number(3), None),
        ("disposition", number(4), HEAD),
        ("draft", number(1), ANALYST),
    ]


async def test_on_the_next_local_day_the_stand_in_is_nobody_s(database_url, desk):
    await told(database_url, desk, (lettered(),))
    office = represented(OFFICE, (CLERK, HEAD))
    midnight = wita("2026-02-11 00:00")

    assert await listed(desk, CLERK, office=office, now=midnight - MINUTE)
    assert not await listed(desk, CLERK, office=office, now=midnight)


async def test_nobody_approves_his_own_in_anothers_post(database_url, desk):
    await told(database_url, desk, DRAFTED)
    office = represented(OFFICE, (ANALYST, SUBDIVISION_HEAD), (CLERK, SUBDIVISION_HEAD))

    assert await listed(desk, ANALYST, office=office) == []
    assert await listed(desk, CLERK, office=office) == [("approval", number(1))]


async def test_a_renamed_unit_s_drafts_still_wait_for_its_heads(database_url, desk):
    await told(database_url, desk, past_in_unit())
    changed = UnitChange(
        agency=BPPD,
        old="batas",
        new="perbatasan",
        effective_on=date(2026, 2, 10),
        decree="Pergub 1",
    )
    office = replace(
        OFFICE, directory=replace(OFFICE.directory, unit_changes=(changed,))
    )

    assert await listed(desk, SUBDIVISION_HEAD, office=office)
    assert not await listed(desk, OTHER_SUBDIVISION_HEAD, office=office)


def past_in_unit() -> History:
    drafted = past.drafted()
    event = replace(drafted.event, unit="batas/lintas")
    return (lettered(), past.disposed(), replace(drafted, event=event))


async def test_a_lapse_waits_until_the_local_midnight(database_url, desk):
    await told(
        database_url,
        desk,
        (lettered(missing=(Requirement.PHONE,)), past.asked(Requirement.PHONE)),
    )
    midnight = wita("2026-02-14 00:00")

    assert await listed(desk, CLERK, now=midnight - MINUTE) == []
    assert await listed(desk, CLERK, now=midnight) == [("lapse", number(1))]


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-02-13 23:59", Due.LATER),
        ("2026-02-14 00:00", Due.SOON),
        ("2026-02-16 23:59", Due.SOON),
        ("2026-02-17 00:00", Due.TODAY),
        ("2026-02-17 23:59", Due.TODAY),
        ("2026-02-18 00:00", Due.LATE),
    ],
)
async def test_days_change_at_midnight_in_kupang(database_url, desk, at, due):
    await told(database_url, desk, (lettered(),))
    now = wita(at)

    [item] = (await page(desk, member(HEAD), now=now)).items
    late = await listed(desk, HEAD, now=now, overdue=True)
    in_time = await listed(desk, HEAD, now=now, overdue=False)

    assert (item.due, item.late) == (due, due is Due.LATE)
    assert (bool(late), bool(in_time)) == (item.late, not item.late)


async def test_filters_narrow_the_list_and_counts_tell_of_every_task(
    database_url, desk
):
    await told(
        database_url,
        desk,
        APPROVED,
        (*APPROVED, past.called()),
        (*APPROVED, past.delivered()),
    )

    everything = await page(desk, member(CLERK))
    closing = await page(desk, member(CLERK), task=Duty.CLOSING)
    soon = await page(desk, member(CLERK), due_before=date(2026, 2, 18))
    sooner = await page(desk, member(CLERK), due_before=date(2026, 2, 17))

    counts = {"delivery": 1, "collection": 1, "closing": 1}
    assert (everything.counts, closing.counts) == (counts, counts)
    assert everything.counts_up_to == MOST
    assert [item.task for item in everything.items] == [
        Duty.DELIVERY,
        Duty.COLLECTION,
        Duty.CLOSING,
    ]
    assert [item.task for item in closing.items] == [Duty.CLOSING]
    assert [item.task for item in soon.items] == [Duty.DELIVERY, Duty.COLLECTION]
    assert sooner.items == ()


async def test_a_visitor_who_waits_comes_before_what_is_due_in_days(database_url, desk):
    await told(
        database_url,
        desk,
        (lettered(), past.disposed()),
        (visited(card="ktp"), past.directed()),
        (reported(), past.reviewed(), past.disposed()),
    )

    found = await page(desk, member(ANALYST), now=MORNING + MINUTE)

    assert [item.task for item in found.items] == [
        Duty.DELIVERY,
        Duty.DRAFT,
        Duty.DRAFT,
    ]
    assert found.items[0].target_at == MORNING + timedelta(minutes=15)
    overrun = await page(desk, member(ANALYST), now=LATER)
    assert not overrun.items[0].late
    assert await listed(desk, RECEPTIONIST) == [("identity-return", number(2))]


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
async def test_pages_hold_everything_once_and_in_order(database_url, desk, limit):
    same = [APPROVED, (*APPROVED, past.called()), (*APPROVED, past.delivered())]
    await told(database_url, desk, *(same * 3))

    after, pages = None, []
    while True:
        found = await page(desk, member(CLERK), limit=limit, after=after)
        pages.append(found)
        if found.next is None:
            break
        after = Place.read(found.next)

    items = [item for each in pages for item in each.items]
    keys = [
        (item.due_at is None, item.due_at or LATER, item.registration_number)
        for item in items
    ]
    assert len(items) == len({(item.task, item.case) for item in items}) == 9
    assert keys == sorted(keys)
    assert all(each.counts == pages[0].counts for each in pages)


@pytest.mark.parametrize(
    "text",
    ["", "x", "AAAA", "é", "AAAAAAAAAAAAAAAAAAAAAA==", Place(1, 1, "x").written()],
)
def test_what_is_no_place_is_refused(text):
    with pytest.raises(BadCursorError):
        Place.read(text)


def test_a_place_is_read_as_it_was_written():
    for by_at in (None, LATER):
        place = Place.of(by_at, 7, Duty.LAPSE)
        assert Place.read(place.written()) == place
    bad = Place(-1, 7, Duty.LAPSE), Place(2**62, 7, Duty.LAPSE), Place(1, 0, Duty.LAPSE)
    for place in bad:
        with pytest.raises(BadCursorError):
            Place.read(place.written())


async def test_tasks_are_gone_with_the_act_that_was_owed(database_url, desk):
    made = lives.entries(lives._told(*DRAFTED), number(1), uuid4())
    await lives.record(desk, made[:-1])
    await projected(database_url, desk)
    assert await listed(desk, ANALYST) == [("draft", number(1))]

    await lives.record(desk, made[-1:])
    await projected(database_url, desk)
    assert await listed(desk, ANALYST) == []
    assert await listed(desk, SUBDIVISION_HEAD) == [("approval", number(1))]
