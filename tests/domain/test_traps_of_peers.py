"""Mistakes about days that other systems of this kind make, one test for each.

Every test would fail on the mistake that its name tells. More stand in
`test_traps_about_holidays.py` and `test_traps_about_states.py`.
"""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from msgspec.structs import replace

from domain import commands, deadlines, events
from domain.calendar import Calendar, Holiday, HolidayKind
from domain.case import Case
from domain.decisions import decide
from domain.office import Act
from domain.trace import trace
from domain.values import Clock, ClockState, DayKind, LaporClass, Requirement, Role
from tests.domain.offices import BPPD, CLERK, HEAD, LIAISON, OFFICES
from tests.domain.past import disposed
from tests.domain.receipts import lettered, reported
from tests.domain.resting import CALENDAR, extended, recomputed, rested, resumed
from tests.domain.scenarios import NUMBER, Given, Happened, wita
from tests.domain.watch import shown, states
from tests.domain.words import CASE, COMPLAINT, IDENTITY, PERSON, WORDS

RECEIVED_AT = wita("2025-07-07 10:00")
"""A Monday; no holiday for six weeks. Seven days end on the 14th, ten working days on
the 21st."""
LETTER = lettered(at=RECEIVED_AT)
SECOND = timedelta(seconds=1)
FAR_OFF = ("2019-01-01", "2026-07-01", "2035-12-31")
"""Days on which the machine may stand while old and coming cases are counted."""


def july(day: int) -> date:
    return date(2025, 7, day)


def after(*happened: Happened) -> Case:
    case = Given(*happened).case
    assert case is not None
    return case


def due_on(case: Case, clock: Clock = Clock.STATUTE) -> date:
    found = case.clock(clock)
    assert found is not None
    return found.due.due_on


def test_day_zero_is_the_receipt_and_not_the_review_of_it():
    # e-PPID counts from the day on which an officer verifies the request.
    report = reported(at=RECEIVED_AT)
    review = commands.ReviewReport(
        case=CASE,
        summary=WORDS,
        classified=LaporClass.INFORMATION_REQUEST,
        complaint=COMPLAINT,
        words=WORDS,
    )
    late = RECEIVED_AT + timedelta(days=4)
    reviewed = Given(report).when(review, by=LIAISON, at=late).case
    assert reviewed.clocks == after(report).clocks
    dispose = commands.Dispose(to="analis-batas")
    given = Given(LETTER).when(dispose, by=HEAD, at=late).case
    assert given.clocks == after(LETTER).clocks


def test_day_zero_is_the_receipt_and_not_the_entry_of_it():
    official = OFFICES[BPPD].directory.officials[CLERK, BPPD]
    act = Act(
        official=official,
        role=Role.LETTER_CLERK,
        said_role=False,
        occurred_at=RECEIVED_AT,
        recorded_at=RECEIVED_AT + timedelta(days=3),
        registration_number=NUMBER,
    )
    receive = commands.ReceiveLetter(
        person=PERSON,
        identity=IDENTITY,
        words=WORDS,
        items=1,
        has=frozenset({Requirement.PHONE}),
        letter=events.LetterReceipt(),
    )
    (fact,) = decide(None, receive, act, OFFICES[BPPD])
    dues = {due.clock: due for due in fact.event.due}  # type: ignore[union-attr]
    assert dues[Clock.STANDARD].starts_at == RECEIVED_AT
    assert dues[Clock.STATUTE].due_on == july(21)


def test_the_day_of_receipt_is_not_counted():
    # ppid-master counts it as day one.
    morning = wita("2025-07-07 00:00")
    for kind in (DayKind.WORKING, DayKind.CALENDAR):
        one = deadlines.term(Clock.STATUTE, morning, 1, kind, CALENDAR)
        assert one.due_on == july(8)
    clock = after(LETTER).clock(Clock.STATUTE)
    assert clock is not None
    first, second = trace(clock, CALENDAR)[:2]
    assert (first.date, first.counted, first.n) == (july(7), False, None)
    assert (second.date, second.counted, second.n) == (july(8), True, 1)


@pytest.mark.parametrize(
    ("at", "day_zero"),
    [
        ("2025-07-07T00:30:00+08:00", july(7)),  # still the 6th in UTC and Jakarta
        ("2025-07-06T23:40:00+07:00", july(7)),
        ("2025-07-06T16:00:00Z", july(7)),
        ("2025-07-06T15:59:59Z", july(6)),
        ("2025-07-08T00:30:00+09:00", july(7)),
    ],
)
def test_a_day_is_the_agency_s_and_neither_utc_s_nor_the_sender_s(at, day_zero):
    # ppid-master takes the server's date of one instant and UTC's of another.
    case = after(lettered(at=datetime.fromisoformat(at)))
    assert due_on(case, Clock.STANDARD) == day_zero + timedelta(days=7)


def test_a_term_does_not_end_at_midnight_in_greenwich():
    case = after(LETTER, disposed())
    for now, state in (
        ("2025-07-14T00:00:00Z", ClockState.RUNNING),
        ("2025-07-14T15:59:59Z", ClockState.RUNNING),
        ("2025-07-14T16:00:00Z", ClockState.MISSED),
    ):
        assert states(case, datetime.fromisoformat(now))[Clock.STANDARD] is state


@pytest.mark.parametrize("today", FAR_OFF)
def test_how_a_clock_stands_is_asked_of_an_instant_and_not_of_today(today):
    # MuckRock and FFL subtract today's date, so an old case reads as overdue by years.
    with time_machine.travel(today):
        case = after(LETTER, disposed())
        last_moment = wita("2025-07-15 00:00") - SECOND
        assert states(case, last_moment)[Clock.STANDARD] is ClockState.RUNNING
        assert states(case, last_moment + SECOND)[Clock.STANDARD] is ClockState.MISSED


def test_a_pause_gives_working_days_back_to_a_clock_of_working_days():
    # CTS and ZAC add its four calendar days: the 25th, or a Sunday.
    case = after(LETTER)
    paused = after(LETTER, rested(case, RECEIVED_AT, july(11), july(14)))
    assert due_on(paused, Clock.STATUTE) == july(23)
    assert due_on(paused, Clock.STANDARD) == july(18)


def test_a_pause_over_a_weekend_gives_no_working_day_back():
    case = after(LETTER)
    paused = after(LETTER, rested(case, RECEIVED_AT, july(12), july(13)))
    assert due_on(paused, Clock.STATUTE) == july(21)


def test_a_clock_may_rest_more_than_once():
    # ArkCase and ZAC know one hold a case.
    history = [LETTER]
    for first, last in ((8, 8), (10, 10)):
        case = after(*history)
        history.append(rested(case, RECEIVED_AT, july(first), july(last)))
    history.append(rested(after(*history), wita("2025-07-14 09:00"), july(14)))
    resting = after(*history)
    assert states(resting, wita("2025-09-01 09:00"))[Clock.STATUTE] is ClockState.PAUSED
    history.append(resumed(resting, wita("2025-07-16 09:00")))
    case = after(*history)
    clock = case.clock(Clock.STATUTE)
    assert clock is not None
    assert len(clock.pauses) == 3
    assert due_on(case) == july(25)
    assert due_on(case, Clock.STANDARD) == july(18)
    assert [
        each.date.day for each in trace(clock, CALENDAR) if each.why == "paused"
    ] == [
        8,
        10,
        14,
        15,
    ]


def test_the_head_may_let_a_clock_rest_as_often_as_there_is_ground():
    history: list[Happened] = [LETTER]
    acts: list[tuple[commands.RequestCommand, str]] = [
        (commands.Pause(ground="a", first=july(8), until=july(8)), "2025-07-08 09:00"),
        (
            commands.Pause(ground="b", first=july(10), until=july(10)),
            "2025-07-09 09:00",
        ),
        (commands.Pause(ground="c", first=july(14)), "2025-07-14 09:00"),
        (commands.Resume(), "2025-07-16 09:00"),
    ]
    ends = []
    for command, at in acts:
        (fact,) = Given(*history).when(command, by=HEAD, at=wita(at)).facts
        assert isinstance(fact.event, events.ClockPaused | events.ClockResumed)
        history.append(Happened(fact.event, by=HEAD, at=wita(at)))
        ends.append(due_on(after(*history)))
    assert ends == [july(22), july(23), july(23), july(25)]


def late_holiday(day: date) -> Calendar:
    freed = Holiday(day, "Cuti Bersama", HolidayKind.COLLECTIVE_LEAVE, "SKB")
    return replace(
        CALENDAR, edition="later", holidays={**CALENDAR.holidays, day: freed}
    )


def test_a_due_date_is_never_overwritten():
    # All of the peers keep one due date and write the new one over it.
    history = [LETTER]
    history.append(rested(after(*history), RECEIVED_AT, july(10), july(11)))
    history.append(extended(after(*history), wita("2025-07-16 09:00")))
    moved = recomputed(
        after(*history), wita("2025-07-17 09:00"), late_holiday(july(18))
    )
    history.append(moved)
    known = [due_on(after(*history[: n + 1])) for n in range(len(history))]
    assert known == [july(21), july(23), date(2025, 8, 1), date(2025, 8, 4)]
    before = {due.clock: due.due_on for due in moved.event.before}  # type: ignore[union-attr]
    assert before[Clock.STATUTE] == date(2025, 8, 1)
    face = shown(after(*history), wita("2025-07-17 10:00"))[Clock.STATUTE]
    assert face.calendar_edition == "later"


def test_a_late_extension_moves_the_date_and_makes_up_for_nothing():
    # NYC extends in bulk after the fact, and its misses become successes.
    late = wita("2025-07-22 09:00")
    case = after(LETTER, disposed())
    more = after(LETTER, disposed(), extended(case, late))
    assert due_on(more) == july(30)
    assert states(more, late)[Clock.STATUTE] is ClockState.MISSED
    in_time = after(LETTER, disposed(), extended(case, late - timedelta(days=1)))
    assert states(in_time, late)[Clock.STATUTE] is ClockState.RUNNING
