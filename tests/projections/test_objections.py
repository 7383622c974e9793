"""An objection's row says what its history says, after every entry."""

from datetime import date

from msgspec.structs import replace

from domain import deadlines, events
from domain.due import Due
from domain.values import (
    Clock,
    DayKind,
    Filer,
    ObjectionGround,
    ObjectionRuling,
    Role,
)
from tests.domain.offices import BPPD, OFFICES
from tests.domain.scenarios import wita
from tests.domain.words import CASE, DOCUMENT, PERSON, WORDS
from tests.projections.histories import Told, every_prefix_is_as_written

FILED = wita("2026-02-10 09:05")
ANNOUNCED = wita("2026-02-11 10:00")
DECIDED = wita("2026-03-02 10:00")
DISPUTED = wita("2026-03-09 10:00")
TOLD_AGAIN = wita("2026-06-01 10:00")
CALENDAR = OFFICES[BPPD].calendar


def reply(last: date | None = None) -> Due:
    """The thirty working days of the superior, or as they were moved."""
    due = deadlines.term(Clock.OBJECTION_REPLY, FILED, 30, DayKind.WORKING, CALENDAR)
    if last is None:
        return due
    return replace(due, due_on=last, due_at=CALENDAR.end_of(last))


def dispute() -> Due:
    """The fourteen working days to go to the Commission."""
    return deadlines.term(Clock.DISPUTE, DECIDED, 14, DayKind.WORKING, CALENDAR)


WHOLE = (
    Told(
        events.ObjectionFiled(
            agency=BPPD,
            case=CASE,
            standard="bppd-1",
            ground=ObjectionGround.NO_RESPONSE,
            facts=WORDS,
            person=PERSON,
            filed_by=Filer.PROXY,
            power_of_attorney=DOCUMENT,
            due=(reply(date(2026, 4, 2)),),
        ),
        FILED,
        {
            "agency": "bppd",
            "case_id": CASE,
            "ground": "c",
            "filed_by": "proxy",
            "stage": "filed",
            "filed_at": FILED,
            "due_on": date(2026, 4, 2),
            "due_at": wita("2026-04-03 00:00"),
            "reply_due_on": date(2026, 4, 2),
            "reply_late_from": wita("2026-04-03 00:00"),
        },
    ),
    Told(
        events.DeadlineRecomputed(
            edition="2026-2", before=(reply(),), due=(reply(date(2026, 4, 6)),)
        ),
        ANNOUNCED,
        {
            "due_on": date(2026, 4, 6),
            "due_at": wita("2026-04-07 00:00"),
            "reply_due_on": date(2026, 4, 6),
            "reply_late_from": wita("2026-04-07 00:00"),
        },
    ),
    Told(
        events.ObjectionDecided(
            decision=ObjectionRuling.PART,
            reason="sebagian telah diumumkan",
            letter_number="000.8/7/OR",
            due=(replace(dispute(), due_on=date(2026, 3, 25)),),
        ),
        DECIDED,
        {
            "stage": "decided",
            "ruling": "part",
            "decided_at": DECIDED,
            "decided_by": "atasan-ppid",
            "letter_number": "000.8/7/OR",
            "due_on": None,
            "due_at": None,
            "reply_met_at": DECIDED,
            "reply_ended_at": DECIDED,
            "dispute_due_on": date(2026, 3, 25),
            "dispute_late_from": dispute().due_at,
        },
        by="atasan-ppid",
        role=Role.PPID_SUPERIOR,
    ),
    Told(
        events.DisputeNoted(commission_number="003/KI-NTT/2026", status="diregistrasi"),
        DISPUTED,
        {
            "stage": "disputed",
            "disputed_at": DISPUTED,
            "commission_number": "003/KI-NTT/2026",
            "commission_status": "diregistrasi",
            "dispute_met_at": DISPUTED,
            "dispute_ended_at": DISPUTED,
        },
    ),
    Told(
        events.DisputeNoted(
            commission_number="003/KI-NTT/2026", status="putusan", result="dikabulkan"
        ),
        TOLD_AGAIN,
        {"commission_status": "putusan"},
    ),
)


async def test_after_every_entry_the_row_is_as_written_out(database_url, desk, owner):
    await every_prefix_is_as_written(database_url, desk, owner, "objections", WHOLE)


async def test_a_dispute_over_silence_starts_its_clock_and_leaves_the_reply_owed(
    database_url, desk, owner
):
    silence = (
        WHOLE[0],
        Told(
            events.DisputeNoted(
                commission_number="004/KI-NTT/2026",
                status="diregistrasi",
                due=(dispute(),),
            ),
            DISPUTED,
            {
                "stage": "disputed",
                "disputed_at": DISPUTED,
                "commission_number": "004/KI-NTT/2026",
                "commission_status": "diregistrasi",
                "dispute_due_on": dispute().due_on,
                "dispute_late_from": dispute().due_at,
                "dispute_met_at": DISPUTED,
                "dispute_ended_at": DISPUTED,
            },
        ),
    )
    await every_prefix_is_as_written(database_url, desk, owner, "objections", silence)
