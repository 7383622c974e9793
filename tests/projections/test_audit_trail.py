"""The trail has every entry of every history, and of each what it says by hand."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeAlias
from uuid import UUID, uuid4

import msgspec
import pytest
from msgspec.structs import replace

from application import upcasting
from application.entries import Metadata, NewEntry
from domain import events
from domain.values import ComplaintKind, Role
from projections import audit_list, audit_trail, copies
from projections.affairs import Affair, Affairs
from projections.audit_list import Wanted
from projections.audit_trail import TrailView
from projections.copies import Copy
from projections.cursor import Cursor
from projections.trail_row import HistoryKind, kind_of
from projections.views import VIEWS
from tests.domain.offices import BIRO, BPPD, OFFICES
from tests.domain.scenarios import MORNING
from tests.golden.as_written import WRITTEN
from tests.projections import lives
from tests.projections.projecting import caught_up, projected, running, start_anew
from tests.projections.walks import entries_of, walked

VIEW = TrailView()
CASE, COMPLAINT, OBJECTION, VISIT, DATA_REQUEST, BREACH = (uuid4() for _ in range(6))
BESIDE = {
    "complaint-opened": "complaint",
    "complaint-classified": "complaint",
    "complaint-followed-up": "complaint",
    "complaint-answered": "complaint",
    "complaint-closed": "complaint",
    "objection-filed": "objection",
    "objection-decided": "objection",
    "dispute-noted": "objection",
    "visited": "visit",
    "data-request-received": "data_request",
    "data-request-deferred": "data_request",
    "data-request-refused": "data_request",
    "data-request-granted": "data_request",
    "data-request-answered": "data_request",
    "breach-recorded": "breach",
    "breach-notified": "breach",
    "breach-closed": "breach",
}
"""The kind of the history that a tag is told in; of all others, a case's."""
IN_SEVERAL = {
    "deadline-recomputed",
    "personal-data-corrected",
    "processing-restricted",
    "restriction-lifted",
    "personal-data-erased",
}
"""Tags that histories of several kinds tell."""


BY_NOBODY = Metadata(agency=BPPD)
"""The program itself acted, in a matter of that agency."""


def history(
    stream: UUID, told: Sequence[events.AnyEvent], by: Metadata = BY_NOBODY
) -> Iterator[NewEntry]:
    """A history of these events, a minute after the other."""
    for n, event in enumerate(told):
        yield NewEntry(
            stream=stream,
            version=n + 1,
            event=event,
            event_id=uuid4(),
            occurred_at=MORNING + timedelta(minutes=n),
            recorded_at=MORNING + timedelta(minutes=n, seconds=5),
            metadata=by,
        )


async def selected(connection, query: str) -> list[tuple[Any, ...]]:
    await copies.look_in(connection, map(Copy.serving, VIEWS))
    cursor = await connection.execute(query)
    rows: list[tuple[Any, ...]] = await cursor.fetchall()
    return rows


async def test_every_event_there_is_has_its_row(database_url, desk):
    opened = (
        WRITTEN["complaint-opened"],
        WRITTEN["objection-filed"],
        WRITTEN["data-request-received"],
        WRITTEN["breach-recorded"],
    )
    moved = WRITTEN["deadline-recomputed"]
    righted = WRITTEN["personal-data-corrected"]
    erased, lifted = WRITTEN["personal-data-erased"], WRITTEN["restriction-lifted"]
    kinds: dict[str, list[events.AnyEvent]] = {
        "case": [WRITTEN["received"]],
        "complaint": [opened[0], moved, righted, erased],
        "objection": [opened[1], moved],
        "visit": [],
        "data_request": [opened[2], lifted],
        "breach": [opened[3]],
    }
    for name, event in WRITTEN.items():
        if event not in opened and name != "received":
            kinds[BESIDE.get(name.split(".")[0], "case")].append(event)
    each = (CASE, COMPLAINT, OBJECTION, VISIT, DATA_REQUEST, BREACH)
    streams = dict(zip(kinds, each, strict=True))
    made = [
        entry for kind, told in kinds.items() for entry in history(streams[kind], told)
    ]
    positions = await lives.record(desk, made)
    await projected(database_url, desk, [VIEW])

    assert await selected(
        desk, "select position, kind, tag from trail order by position"
    ) == [
        (position, kind, upcasting.tag_of(type(event)))
        for position, (kind, event) in zip(
            positions,
            [(kind, event) for kind, told in kinds.items() for event in told],
            strict=True,
        )
    ]
    assert await selected(desk, "select count(*) from parked") == [(0,)]


@pytest.mark.parametrize("name", WRITTEN)
def test_an_event_stands_in_one_kind_of_history_or_in_any(name):
    tag = name.split(".")[0]
    expected = None if tag in IN_SEVERAL else BESIDE.get(tag, "case")

    assert kind_of(WRITTEN[name]) == expected


async def test_a_row_says_who_did_what_when_and_by_which_rule(database_url, desk):
    by = Metadata(
        official="bppd-sekretaris",
        role=Role.AGENCY_SECRETARY,
        rule="head",
        acting_for="bppd-kepala",
        agency=BIRO,
        late_reason="dari buku tamu",
    )
    [first, second] = history(CASE, [WRITTEN["received"], WRITTEN["closed"]])
    second = replace(second, metadata=by)
    await lives.record(desk, [first, second])
    await projected(database_url, desk, [VIEW])

    assert await selected(desk, "select * from trail order by position") == [
        (
            1, CASE, 1, "case", BIRO, "received",
            None, None, None, None,
            first.occurred_at, first.recorded_at, False,
        ),
        (
            2, CASE, 2, "case", BIRO, "closed",
            "bppd-sekretaris", "agency_secretary", "bppd-kepala", "head",
            second.occurred_at, second.recorded_at, True,
        ),
    ]  # fmt: skip


async def test_a_case_that_goes_on_elsewhere_is_the_other_agencys(database_url, desk):
    """Its receipt was entered by an official of the first agency."""
    received = WRITTEN["received.passed-on"]
    assert isinstance(received, events.Received)
    assert received.agency == BPPD
    await lives.record(desk, list(history(CASE, [received], Metadata(agency=BIRO))))
    await projected(database_url, desk, [VIEW])

    assert await selected(desk, "select agency from trail") == [(BPPD,)]


async def test_whose_affair_a_complaint_is_follows_its_class(database_url, desk):
    opened = WRITTEN["complaint-opened.about-the-head"]
    classified = WRITTEN["complaint-classified"]
    assert isinstance(classified, events.ComplaintClassified)
    entries = list(
        history(COMPLAINT, [opened, classified, WRITTEN["complaint-closed"]])
    )
    query = "select stream, kind, case_id, about, affair from trail_beside"
    before = (COMPLAINT, "complaint", None, "kepala")
    affairs = []
    for entry in entries:
        await lives.record(desk, [entry])
        await projected(database_url, desk, [VIEW])
        [(*told, affair)] = await selected(desk, query)
        assert tuple(told) == before
        affairs.append(affair)

    later = "supervisory" if classified.classified == "supervisory" else "about_head"
    assert affairs == ["about_head", later, later]


@pytest.mark.parametrize(
    ("reader", "holder", "is_found"),
    [
        ("sekda", "sekda", True),
        ("plt", "sekda", True),
        ("plt", "kepala", False),
        ("kepala", "sekda", False),
    ],
)
async def test_a_complaint_is_hidden_from_whom_it_is_about_and_from_his_post(
    database_url, desk, reader, holder, is_found
):
    """Who stands in for him reads no more than he; nor does he as another's."""
    opened = WRITTEN["complaint-opened.about-the-head"]
    await lives.record(desk, list(history(COMPLAINT, [opened])))
    await projected(database_url, desk)
    may = Affair(BPPD, ComplaintKind.ABOUT_HEAD, holder)
    wanted = Wanted(agencies=(BPPD,), affairs=Affairs(reader, (may,)))
    await copies.look_in(desk, map(Copy.serving, VIEWS))

    for asked in (
        wanted,
        replace(wanted, subject=COMPLAINT),
        replace(wanted, recorded_from=[MORNING]),
    ):
        page = await audit_list.trail(desk, asked, 50, OFFICES.__getitem__)
        assert len(page.items) == is_found


async def test_nobodys_matter_is_parked(database_url, desk):
    [first, second] = history(CASE, [WRITTEN["received"], WRITTEN["closed"]])
    nobodys = replace(second, metadata=Metadata())
    await lives.record(desk, [first, nobodys])
    await projected(database_url, desk, [VIEW])

    assert await selected(desk, "select position, error from parked") == [
        (2, "AssertionError")
    ]


# Random histories.


@pytest.fixture
async def walk(database_url, desk, monkeypatch) -> list[NewEntry]:
    """What both agencies did at random, in stretches of eight entries."""
    monkeypatch.setattr(audit_trail, "STRETCH", 8)
    monkeypatch.setattr(audit_list, "STRETCH", 8)
    made = entries_of(walked(20260301, 250))
    await lives.record(desk, made)
    await projected(database_url, desk, VIEWS)
    return made


@pytest.mark.parametrize("page_size", [1, 7])
async def test_the_trail_has_what_the_register_has_whatever_the_pages(
    database_url, desk, owner, walk, page_size
):
    everything = [await selected(desk, query) for query in VIEW.rows]
    in_register = await selected(
        desk,
        "select notification_id, originator_id, originator_version, topic,"
        " occurred_at, recorded_at from register order by 1",
    )

    assert len(in_register) == len(walk) > 100
    assert in_register == await selected(
        desk,
        "select position, stream, version, tag, occurred_at, recorded_at"
        " from trail order by 1",
    )

    await start_anew(owner, [VIEW])
    await projected(database_url, desk, [VIEW], page_size=page_size)
    assert [await selected(desk, query) for query in VIEW.rows] == everything


async def test_what_was_followed_live_is_what_a_fresh_filling_makes(
    database_url, desk, owner, monkeypatch
):
    monkeypatch.setattr(audit_trail, "STRETCH", 8)
    made = entries_of(walked(20260302, 250))
    async with running(database_url, views=[VIEW], page_size=5):
        for at in range(0, len(made), 20):
            await lives.record(desk, made[at : at + 20])
            await caught_up(desk, [VIEW])
    live = [await selected(desk, query) for query in VIEW.rows]

    await start_anew(owner, [VIEW])
    await projected(database_url, desk, [VIEW])
    assert [len(rows) > 0 for rows in live] == [True] * len(VIEW.rows)
    assert [await selected(desk, query) for query in VIEW.rows] == live


async def test_stretches_reach_from_their_first_instants_to_their_last(desk, walk):
    told = await selected(desk, "select * from trail_stretches order by first_position")

    expected = []
    for first in range(0, len(walk) + 1, 8):
        within = walk[max(first - 1, 0) : first + 7]  # positions begin with 1
        occurred = sorted(entry.occurred_at for entry in within)
        recorded = sorted(entry.recorded_at for entry in within)
        expected.append((first, occurred[0], occurred[-1], recorded[0], recorded[-1]))
    assert told == expected


def naively(walk: Sequence[NewEntry], wanted: Wanted) -> list[int]:
    """The positions of what is wanted, newest first, looked for one by one."""
    first = {entry.stream: entry.event for entry in walk if entry.version == 1}
    return [
        position
        for position, entry in reversed(list(enumerate(walk, start=1)))
        if fits(entry, first[entry.stream], wanted)
    ]


def fits(entry: NewEntry, first: events.AnyEvent, wanted: Wanted) -> bool:
    about = getattr(first, "case", None)
    if isinstance(first, events.Received):
        about = entry.stream
    if isinstance(first, events.ComplaintOpened) and not wanted.affairs.read:
        return False
    if first.agency not in wanted.agencies:  # type: ignore[union-attr]  # it has one
        return False
    n = wanted.agencies.index(first.agency)  # type: ignore[union-attr]  # it has one
    asked = [
        (wanted.official, entry.metadata.official),
        (wanted.tag, upcasting.tag_of(type(entry.event))),
        (wanted.case, about),
        (wanted.subject, entry.stream),
    ]
    return (
        all(value in {None, found} for value, found in asked)
        and _within(entry.occurred_at, wanted.occurred_from, wanted.occurred_to, n)
        and _within(entry.recorded_at, wanted.recorded_from, wanted.recorded_to, n)
    )


Edges: TypeAlias = Sequence[datetime] | None


def _within(at: datetime, since: Edges, until: Edges, n: int) -> bool:
    return (since is None or since[n] <= at) and (until is None or at < until[n])


READS_NONE = Affairs("pengawas", ())
READS_ALL = Affairs(
    "pengawas",
    [
        Affair(agency, kind, "pengawas")
        for agency in (BIRO, BPPD)
        for kind in ComplaintKind
    ],
)


def by_agency(at: datetime, agencies: Sequence[str]) -> list[datetime]:
    """As a local day would be: at other instants in other zones."""
    return [at + n * timedelta(hours=1) for n in range(len(agencies))]


async def test_whatever_is_looked_for_is_what_a_naive_search_finds(desk, walk):
    dice = Random(7)
    await copies.look_in(desk, map(Copy.serving, VIEWS))
    officials = sorted({entry.metadata.official or "" for entry in walk} - {""})
    found_some = 0
    for _ in range(150):
        some = dice.choice(walk)
        other = dice.choice(walk)
        agencies = dice.choice([(BIRO,), (BPPD,), (BIRO, BPPD)])
        said = {
            "official": dice.choice(officials),
            "tag": upcasting.tag_of(type(some.event)),
            "case": some.stream,
            "subject": other.stream,
            "occurred_from": by_agency(some.occurred_at, agencies),
            "occurred_to": by_agency(other.occurred_at, agencies),
            "recorded_from": by_agency(some.recorded_at, agencies),
            "recorded_to": by_agency(other.recorded_at, agencies),
        }
        kept = dice.sample(sorted(said), dice.choice((0, 1, 1, 2)))
        wanted = Wanted(
            agencies=agencies,
            affairs=dice.choice([READS_NONE, READS_ALL]),
            **{name: said[name] for name in kept},
        )
        expected = naively(walk, wanted)
        found_some += 0 < len(expected) < len(walk)
        limit = dice.choice((3, 10, 1000))
        positions: list[int] = []
        after = None
        while True:
            asked = replace(wanted, after=after)
            page = await audit_list.trail(desk, asked, limit, OFFICES.__getitem__)
            positions += [item.position for item in page.items]
            if page.next is None:
                break
            after = Cursor.read(page.next)
        assert positions == expected, wanted
        skipped = await audit_list.position_behind(desk, wanted, 2)
        assert skipped == (expected[2] if len(expected) > 2 else None)
    assert found_some > 50  # the search was worth it


async def test_items_bear_the_number_of_their_case(desk, walk):
    await copies.look_in(desk, map(Copy.serving, VIEWS))
    wanted = Wanted(agencies=(BIRO, BPPD), affairs=READS_ALL)
    page = await audit_list.trail(desk, wanted, 10_000, OFFICES.__getitem__)
    numbers = {
        entry.stream: entry.event.registration_number
        for entry in walk
        if isinstance(entry.event, events.Received)
    }

    assert len(page.items) == len(walk)
    kinds = set()
    for item in page.items:
        kinds.add(item.subject.kind)
        number = None if item.case is None else numbers[item.case]
        assert item.registration_number == number
        if item.subject.kind is HistoryKind.CASE:
            assert item.case == item.subject.id
    assert kinds >= {HistoryKind.CASE, HistoryKind.COMPLAINT}
    assert msgspec.json.encode(page)
