"""The row of a data subject's request says what its history says, after every entry."""

from datetime import datetime

from domain import events
from domain.due import Due
from domain.values import Clock, DataRequestKind, DayKind, Filer, HoldGround
from tests.domain.scenarios import wita
from tests.domain.words import CASE, PERSON
from tests.projections.histories import Told, every_prefix_is_as_written

ASKED = wita("2026-02-10 09:05")
DEFERRED = wita("2026-02-11 09:00")
GRANTED = wita("2026-04-01 09:00")
ANSWERED = wita("2026-04-01 10:00")
UNTIL = wita("2026-03-30 00:00")


def term(starts: datetime, due: datetime) -> Due:
    return Due(
        clock=Clock.DATA_REQUEST,
        starts_at=starts,
        due_at=due,
        due_on=due.date(),
        day_kind=DayKind.CALENDAR,
        calendar_edition="2026-1",
    )


FIRST = term(ASKED, wita("2026-02-13 09:05"))
SECOND = term(UNTIL, wita("2026-04-02 00:00"))

WHOLE = (
    Told(
        events.DataRequestReceived(
            agency="bppd",
            person=PERSON,
            kind=DataRequestKind.ERASURE,
            asked_by=Filer.REQUESTER,
            how="surat",
            due=(FIRST,),
        ),
        ASKED,
        {
            "agency": "bppd",
            "person": PERSON,
            "kind": "erasure",
            "stage": "received",
            "due_at": FIRST.due_at,
        },
    ),
    Told(
        events.DataRequestDeferred(
            grounds=(HoldGround.OBJECTION_WINDOW,),
            reason="jangka waktu keberatan",
            matters=(CASE,),
            until=UNTIL,
            due=(SECOND,),
        ),
        DEFERRED,
        {"stage": "deferred", "due_at": SECOND.due_at},
    ),
    Told(events.DataRequestGranted(reason=None), GRANTED, {"stage": "granted"}),
    Told(
        events.DataRequestAnswered(how="surat", matters=(CASE,)),
        ANSWERED,
        {"stage": "answered", "due_at": None},
    ),
)


async def test_after_every_entry_the_row_is_as_written_out(database_url, desk, owner):
    await every_prefix_is_as_written(database_url, desk, owner, "data_requests", WHOLE)
