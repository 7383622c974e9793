"""A breach's row says what its history says, after every entry, and of nobody."""

from domain import events
from domain.due import Due
from domain.values import Clock, DayKind, NoticeTo
from tests.domain.scenarios import wita
from tests.domain.words import CASE, PERSON
from tests.projections import histories, lives
from tests.projections.histories import Told, every_prefix_is_as_written
from tests.projections.projecting import projected

FOUND = wita("2026-02-10 09:05")
WRITTEN = wita("2026-02-10 10:00")
TOLD = wita("2026-02-11 09:00")
ALL_TOLD = wita("2026-02-12 09:00")
CLOSED = wita("2026-03-01 09:00")
DUE = Due(
    clock=Clock.BREACH_NOTICE,
    starts_at=FOUND,
    due_at=wita("2026-02-13 09:05"),
    due_on=wita("2026-02-13 09:05").date(),
    day_kind=DayKind.CALENDAR,
    calendar_edition="2026-1",
)


def told(*whom: NoticeTo) -> events.BreachNotified:
    return events.BreachNotified(told=whom, how="surat", handling="berkas diamankan")


WHOLE = (
    Told(
        events.BreachRecorded(
            agency="bppd",
            what="buku tamu terbawa pulang",
            discovered_at=FOUND,
            fields=("name",),
            persons=(PERSON,),
            cases=(CASE,),
            due=(DUE,),
        ),
        WRITTEN,
        {"agency": "bppd", "stage": "recorded", "due_at": DUE.due_at},
    ),
    Told(told(NoticeTo.SUBJECTS), TOLD, {"stage": "notified"}),
    Told(told(NoticeTo.AUTHORITY), ALL_TOLD, {"due_at": None}),
    Told(events.BreachClosed(reason="selesai"), CLOSED, {"stage": "closed"}),
)


async def test_after_every_entry_the_row_is_as_written_out(database_url, desk, owner):
    await every_prefix_is_as_written(database_url, desk, owner, "breaches", WHOLE)


async def test_whom_it_concerns_stands_in_no_row(database_url, desk):
    await lives.record(desk, histories.entries(CASE, WHOLE))
    await projected(database_url, desk)
    cursor = await desk.execute("select folded from breaches")
    [(folded,)] = await cursor.fetchall()
    assert PERSON.bytes not in folded
    assert str(PERSON).encode() not in folded
