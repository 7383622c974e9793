"""A complaint's row says what its history says, after every entry."""

from datetime import date
from uuid import uuid4

from msgspec.structs import replace

from application.entries import Metadata
from domain import events
from domain.values import Clock, ComplaintChannel, ComplaintClass
from tests.domain.offices import PPID
from tests.domain.receipts import lettered
from tests.domain.scenarios import Happened, wita
from tests.domain.words import (
    CASE,
    DOCUMENT,
    IDENTITY,
    PERSON,
    TOLD,
    WORDS,
    complaint_term,
    lapor_follow_up,
)
from tests.projections import histories, lives
from tests.projections.histories import Told, every_prefix_is_as_written
from tests.projections.projecting import parked, projected

OPENED = wita("2026-02-10 09:05")
CLASSIFIED = wita("2026-02-11 10:00")
FOLLOWED_UP = wita("2026-02-12 11:00")
FOLLOWED_UP_AGAIN = wita("2026-02-13 11:00")
ANSWERED = wita("2026-02-16 14:00")
CLOSED = wita("2026-02-20 08:00")

WHOLE = (
    Told(
        events.ComplaintOpened(
            agency="bppd",
            channel=ComplaintChannel.SP4N_LAPOR,
            category="sikap petugas",
            anonymous=True,
            confidential=False,
            words=WORDS,
            person=PERSON,
            case=CASE,
            about="bppd-kepala",
            about_head=True,
            due=(complaint_term(OPENED), lapor_follow_up(OPENED)),
        ),
        OPENED,
        {
            "agency": "bppd",
            "case_id": CASE,
            "channel": "sp4n_lapor",
            "category": "sikap petugas",
            "kind": "about_head",
            "stage": "opened",
            "about": "bppd-kepala",
            "anonymous": True,
            "confidential": False,
            "opened_at": OPENED,
            # Working days of LAPOR: 17 February is a holiday (Imlek), 16 is leave.
            "due_on": date(2026, 2, 19),
            "due_at": wita("2026-02-20 00:00"),
            "complaint_due_on": date(2026, 4, 11),
            "complaint_late_from": wita("2026-04-12 00:00"),
            "follow_up_due_on": date(2026, 2, 19),
            "follow_up_late_from": wita("2026-02-20 00:00"),
        },
    ),
    Told(
        events.ComplaintClassified(
            classified=ComplaintClass.SUPERVISORY,
            due=(
                replace(
                    complaint_term(CLASSIFIED),
                    due_on=date(2026, 5, 20),
                    due_at=wita("2026-05-21 00:00"),
                ),
            ),
        ),
        CLASSIFIED,
        {
            "class": "supervisory",
            "kind": "supervisory",
            "stage": "classified",
            "classified_at": CLASSIFIED,
            "complaint_due_on": date(2026, 5, 20),
            "complaint_late_from": wita("2026-05-21 00:00"),
        },
    ),
    Told(
        events.ComplaintFollowedUp(action="petugas ditegur"),
        FOLLOWED_UP,
        {
            "stage": "followed_up",
            "followed_up_at": FOLLOWED_UP,
            "due_on": date(2026, 5, 20),
            "due_at": wita("2026-05-21 00:00"),
            "follow_up_met_at": FOLLOWED_UP,
            "follow_up_ended_at": FOLLOWED_UP,
        },
    ),
    Told(events.ComplaintFollowedUp(action="petugas dimutasi"), FOLLOWED_UP_AGAIN, {}),
    Told(
        events.DeadlineRecomputed(
            edition="2026-2",
            before=(complaint_term(CLASSIFIED),),
            due=(
                replace(
                    complaint_term(CLASSIFIED),
                    due_on=date(2026, 5, 22),
                    due_at=wita("2026-05-23 00:00"),
                ),
            ),
        ),
        FOLLOWED_UP_AGAIN,
        {
            "due_on": date(2026, 5, 22),
            "due_at": wita("2026-05-23 00:00"),
            "complaint_due_on": date(2026, 5, 22),
            "complaint_late_from": wita("2026-05-23 00:00"),
        },
    ),
    Told(
        events.ComplaintAnswered(text=TOLD, document=DOCUMENT),
        ANSWERED,
        {
            "stage": "answered",
            "answered_at": ANSWERED,
            "due_on": None,
            "due_at": None,
            "complaint_met_at": ANSWERED,
            "complaint_ended_at": ANSWERED,
        },
    ),
    Told(
        events.ComplaintClosed(reason="selesai"),
        CLOSED,
        {"stage": "closed", "closed_at": CLOSED},
    ),
)


async def test_after_every_entry_the_row_is_as_written_out(database_url, desk, owner):
    await every_prefix_is_as_written(database_url, desk, owner, "complaints", WHOLE)


async def test_a_clock_that_ran_out_before_the_class_stays_missed(database_url, desk):
    late = wita("2026-04-20 09:00")
    anew = replace(complaint_term(late), due_on=date(2026, 6, 19))
    history = (
        WHOLE[0],
        Told(
            events.ComplaintClassified(
                classified=ComplaintClass.NOT_SUPERVISORY,
                missed=(Clock.COMPLAINT,),
                due=(anew,),
            ),
            late,
            {},
        ),
    )
    await lives.record(desk, histories.entries(uuid4(), history))
    await projected(database_url, desk)

    [row] = await histories.rows(desk, "complaints")

    assert (row["complaint_due_on"], row["complaint_late_from"]) == (
        date(2026, 6, 19),
        wita("2026-04-12 00:00"),
    )
    assert row["kind"] == "about_head"


async def test_what_is_no_complaint_makes_no_row_and_stops_nothing(database_url, desk):
    await lives.record(desk, lives.many(6))
    stream = uuid4()
    await lives.record(desk, histories.entries(stream, WHOLE))
    await projected(database_url, desk)

    assert [
        row["complaint_id"] for row in await histories.rows(desk, "complaints")
    ] == [stream]
    assert await parked(desk) == []


async def test_data_put_right_in_a_case_and_a_complaint_stop_no_other_view(
    database_url, desk
):
    put_right = events.PersonalDataCorrected(
        request=uuid4(), identity=IDENTITY, fields=("name",)
    )
    complaint = (WHOLE[0], Told(put_right, CLASSIFIED, {}))
    case = (lettered(), Happened(put_right, by=PPID))
    told = Metadata(official=PPID, rule="row", agency="bppd")
    made = [
        replace(entry, metadata=told) for entry in histories.entries(uuid4(), complaint)
    ]
    await lives.record(desk, made)
    await lives.record(desk, lives.entries(case, "BPPD-2026-00001"))
    await projected(database_url, desk)

    cursor = await desk.execute("select kind from trail order by position")
    assert await cursor.fetchall() == [("complaint",)] * 2 + [("case",)] * 2
    cursor = await desk.execute("select schema, error from parked")
    assert await cursor.fetchall() == []
