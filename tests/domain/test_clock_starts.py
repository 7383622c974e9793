"""From which instant each clock counts, per channel and agency."""

from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from domain import commands, events
from domain.office import Office
from domain.values import Clock, DayKind, LaporMedium, Requirement
from tests.domain.offices import BIRO, BPPD, CLERK, LIAISON, OFFICES, RECEPTIONIST
from tests.domain.receipts import lettered
from tests.domain.scenarios import Given, wita
from tests.domain.watch import shown
from tests.domain.words import IDENTITY, PERSON, WORDS, auto_close


def late_counts_next_day() -> Office:
    """BPPD where what comes after closing counts from the next working day."""
    bppd = OFFICES[BPPD]
    hours = replace(bppd.standard.office_hours, late_receipt_counts_next_day=True)
    return replace(bppd, standard=replace(bppd.standard, office_hours=hours))


def test_a_report_s_clocks_start_when_it_was_submitted_in_our_time():
    late_in_jakarta = datetime.fromisoformat("2026-05-12T23:40:00+07:00")
    command = commands.ReceiveReport(
        person=PERSON,
        identity=IDENTITY,
        words=WORDS,
        items=1,
        has=frozenset({Requirement.NAME, Requirement.ADDRESS}),
        lapor=events.LaporReceipt(
            tracking_id="1234567",
            medium=LaporMedium.WEB,
            submitted_at=late_in_jakarta,
            forwarded_at=wita("2026-05-15 09:00"),
        ),
    )
    at = wita("2026-05-18 08:00")
    seen = shown(Given().when(command, by=LIAISON, at=at).case, at)
    for clock in (Clock.STANDARD, Clock.STATUTE):
        assert seen[clock].starts_at == late_in_jakarta
    assert seen[Clock.STANDARD].due_on == date(2026, 5, 21)
    assert seen[Clock.STANDARD].also_due_on == date(2026, 5, 29)
    assert seen[Clock.STATUTE].due_on == date(2026, 6, 3)


def test_the_statute_of_a_biro_letter_starts_with_the_regional_secretary():
    held_at = wita("2026-03-12 10:00")
    command = commands.ReceiveLetter(
        person=PERSON,
        identity=IDENTITY,
        words=WORDS,
        items=1,
        has=frozenset({Requirement.PHONE}),
        letter=events.LetterReceipt(received_by_regional_secretary_at=held_at),
    )
    at = wita("2026-03-16 08:30")
    biro = shown(Given(agency=BIRO).when(command, by=CLERK, at=at).case, at)
    assert biro[Clock.STANDARD].starts_at == at
    assert biro[Clock.STANDARD].due_on == date(2026, 3, 23)
    assert biro[Clock.STATUTE].starts_at == held_at
    assert biro[Clock.STATUTE].due_on == date(2026, 4, 2)
    bppd = shown(Given(agency=BPPD).when(command, by=CLERK, at=at).case, at)
    assert bppd[Clock.STATUTE].starts_at == at


NEXT_DAY = late_counts_next_day()
FRIDAY, MONDAY = date(2026, 2, 6), date(2026, 2, 9)


@pytest.mark.parametrize(
    ("at", "day_zero"),
    [
        ("2026-02-06 07:00", FRIDAY),
        ("2026-02-06 16:00", FRIDAY),
        ("2026-02-06 16:01", MONDAY),
        ("2026-02-07 10:00", MONDAY),
        ("2026-02-16 16:01", date(2026, 2, 18)),  # Imlek on the 17th
    ],
    ids=["early", "at-closing", "late", "weekend", "before-a-holiday"],
)
def test_a_late_letter_counts_from_the_next_working_day_where_the_office_says_so(
    at, day_zero
):
    letter = commands.ReceiveLetter(
        person=PERSON,
        identity=IDENTITY,
        words=WORDS,
        items=1,
        has=frozenset({Requirement.PHONE}),
        letter=events.LetterReceipt(),
    )
    calendar = NEXT_DAY.calendar
    case = Given(office=NEXT_DAY).when(letter, by=CLERK, at=wita(at)).case
    same = Given(agency=BPPD).when(letter, by=CLERK, at=wita(at)).case
    seen, plain = shown(case, wita(at)), shown(same, wita(at))
    for clock in (Clock.STANDARD, Clock.STATUTE):
        assert calendar.date_of(seen[clock].starts_at) == day_zero
        assert plain[clock].starts_at == wita(at)
    assert seen[Clock.STANDARD].due_on == day_zero + timedelta(days=7)
    assert seen[Clock.STATUTE].due_on == calendar.after(day_zero, 10, DayKind.WORKING)
    assert plain[Clock.STANDARD].due_on == wita(at).date() + timedelta(days=7)


def test_a_late_visitor_s_minutes_count_at_once_and_the_statute_from_the_next_day():
    came = commands.ReceiveAtCounter(
        person=PERSON,
        identity=IDENTITY,
        words=WORDS,
        items=1,
        has=frozenset({Requirement.IDENTITY_SHOWN}),
    )
    at = wita("2026-02-06 16:05")
    seen = shown(Given(office=NEXT_DAY).when(came, by=RECEPTIONIST, at=at).case, at)
    assert seen[Clock.STANDARD].due_at == at + timedelta(minutes=15)
    assert seen[Clock.STATUTE].starts_at == wita("2026-02-09 08:00")


def test_no_report_is_submitted_too_late_in_the_day():
    submitted_at = wita("2026-02-07 22:00")
    command = commands.ReceiveReport(
        person=PERSON,
        identity=IDENTITY,
        words=WORDS,
        items=1,
        has=frozenset({Requirement.NAME, Requirement.ADDRESS}),
        lapor=events.LaporReceipt(
            tracking_id="1", medium=LaporMedium.WEB, submitted_at=submitted_at
        ),
    )
    at = wita("2026-02-07 23:00")
    seen = shown(Given(office=NEXT_DAY).when(command, by=LIAISON, at=at).case, at)
    assert seen[Clock.STANDARD].starts_at == submitted_at


def test_an_incomplete_letter_s_clocks_run_from_its_receipt():
    at = wita("2026-03-16 08:30")
    complete = Given(lettered(at=at)).case
    incomplete = Given(lettered(missing=(Requirement.PHONE,), at=at)).case
    assert shown(incomplete, at) == shown(complete, at)


def test_beyond_the_calendar_s_edition_a_term_is_provisional():
    at = wita("2027-12-20 09:00")
    within = shown(Given(lettered(at=at)).case, at)
    assert not within[Clock.STANDARD].provisional
    assert within[Clock.STATUTE].provisional
    week_later = at + timedelta(days=7)
    beyond = shown(Given(lettered(at=week_later)).case, week_later)
    assert beyond[Clock.STANDARD].provisional


def test_before_the_calendar_s_first_year_a_term_is_provisional_too():
    first = OFFICES[BPPD].calendar.first
    for days_before, provisional in ((20, True), (1, True), (0, False)):
        at = wita(f"{first - timedelta(days=days_before)} 09:00")
        seen = shown(Given(lettered(at=at)).case, at)
        assert seen[Clock.STATUTE].provisional is provisional, days_before
        assert seen[Clock.STANDARD].provisional is provisional, days_before


def test_a_posted_report_counts_as_finished_after_ten_working_days():
    due = auto_close(wita("2026-08-26 10:00"))
    assert due.due_on == date(2026, 9, 9)
    assert due.day_kind is DayKind.WORKING
