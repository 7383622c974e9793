"""After a correction every act that moved a clock is judged anew, as if told rightly.

The measure is another case, into which the same facts were entered right at once.
"""

from datetime import date, datetime

import pytest
from msgspec.structs import replace

from domain import commands, events
from domain.calendar import Holiday, HolidayKind
from domain.case import Case
from domain.corrected import written
from domain.decisions import decide
from domain.evolution import evolve
from domain.facts import By
from domain.hindsight import Told, folded, in_hindsight
from domain.office import Act, Office
from domain.recomputing import recompute
from domain.values import Clock, ClockState, CorrectableFact, Role
from tests.domain.offices import BPPD, DIRECTORY, HEAD, OFFICES
from tests.domain.past import disposed
from tests.domain.receipts import lettered
from tests.domain.scenarios import Happened, wita
from tests.domain.watch import running, states

OFFICE = OFFICES[BPPD]
STATUTE = Clock.STATUTE
TODAY = wita("2026-06-01 09:00")


class Book:
    """What a head did to one letter, act by act; some acts are entered later."""

    def __init__(self, received_at: datetime, office: Office = OFFICE) -> None:
        self.office = office
        came = lettered(at=received_at)
        self.told: list[Told] = [(came.event, By(came.by, received_at))]

    @property
    def case(self) -> Case:
        return folded(self.told)

    def act(
        self,
        command: commands.RequestCommand,
        at: str | datetime,
        told_at: str | None = None,
    ) -> "Book":
        happened = wita(at) if isinstance(at, str) else at
        entered = wita(told_at) if told_at else happened
        act = Act(
            official=DIRECTORY.officials[HEAD, BPPD],
            role=Role.AGENCY_HEAD,
            occurred_at=happened,
            recorded_at=entered,
        )
        for fact in decide(self.case, command, act, self.office):
            assert isinstance(fact.event, events.CASE_EVENTS)
            self.told.append((fact.event, By(HEAD, happened, entered)))
        return self

    def announce(self, office: Office, at: str) -> "Book":
        """An edition comes into force, and what runs moves."""
        event = recompute(
            self.case.clocks, wita(at), self.office.counted_in, office.calendar
        )
        if event is not None:
            self.told.append((event, By("", self.case.last_at, wita(at))))
        self.office = office
        return self

    def correct(self, value: str, version: int = 1) -> "Book":
        fact, said = CorrectableFact.OCCURRED_AT, written(wita(value))
        return self.act(commands.CorrectFact(version, fact, said, "keliru"), TODAY)


def extend(sent_at: str, days: int = 7) -> commands.Extend:
    return commands.Extend(working_days=days, reason="-", notice_sent_at=wita(sent_at))


def rest(first: date, until: date | None = None) -> commands.Pause:
    return commands.Pause(ground="-", first=first, until=until)


def state(case: Case, now: str) -> ClockState:
    return states(case, wita(now))[STATUTE]


def test_an_extension_that_came_too_late_after_all_saves_nothing():
    at = "2026-04-24 09:00"
    book = Book(wita("2026-04-13 09:00")).act(extend(at), at)
    assert state(book.case, "2026-04-27 09:00") is ClockState.RUNNING
    wrong = book.correct("2026-04-02 09:00").case
    clock = running(wrong, STATUTE)
    assert clock.late_since == wita("2026-04-18 00:00")
    assert clock.state(wita("2026-04-27 09:00")) is ClockState.MISSED


def test_an_extension_that_was_given_later_than_was_entered_saves_nothing():
    at = "2026-04-16 09:00"
    book = Book(wita("2026-04-02 09:00")).act(extend(at), at)
    late = book.correct("2026-04-20 09:00", version=2).case
    assert state(late, "2026-04-20 09:00") is ClockState.MISSED
    assert running(late, STATUTE).late_since == wita("2026-04-18 00:00")


def test_what_was_missed_only_by_a_wrong_day_is_missed_no_more():
    def story(received_at: str) -> Book:
        one_day = rest(date(2026, 3, 31), date(2026, 3, 31))
        return Book(wita(received_at)).act(one_day, "2026-03-31 09:00")

    wrong, right = story("2026-03-02 09:00"), story("2026-03-30 09:00")
    assert state(wrong.case, "2026-03-31 09:00") is ClockState.MISSED
    assert wrong.correct("2026-03-30 09:00").case.clocks == right.case.clocks
    assert state(right.case, "2026-03-31 09:00") is ClockState.PAUSED


STORIES = {
    "extended, told late": lambda book: book.act(
        extend("2026-02-12 09:00"), "2026-02-12 09:00", "2026-02-27 09:00"
    ),
    "paused, told late": lambda book: book.act(
        rest(date(2026, 2, 13), date(2026, 2, 23)),
        "2026-02-13 09:00",
        "2026-02-25 09:00",
    ),
    "paused and resumed": lambda book: book.act(
        rest(date(2026, 2, 12)), "2026-02-12 09:00"
    ).act(commands.Resume(), "2026-02-20 09:00", "2026-02-26 09:00"),
    "all of it": lambda book: (
        book.act(extend("2026-02-12 09:00", 3), "2026-02-12 09:00")
        .act(rest(date(2026, 2, 13)), "2026-02-13 09:00", "2026-02-19 09:00")
        .act(commands.Resume(), "2026-02-24 09:00", "2026-03-05 09:00")
        .act(rest(date(2026, 3, 2), date(2026, 3, 3)), "2026-02-25 10:00")
    ),
}


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
@pytest.mark.parametrize("wrong", ["2026-02-02 09:00", "2026-02-11 08:00"])
@pytest.mark.parametrize("right", ["2026-02-05 09:00", "2026-02-10 23:30"])
def test_clocks_run_as_in_a_case_that_was_entered_right(story, wrong, right):
    corrected = story(Book(wita(wrong)))
    twin = story(Book(wita(right)))
    versions = range(1, len(twin.told) + 1)
    corrected.correct(right)
    assert corrected.case.clocks == twin.case.clocks
    for version in versions:
        told = in_hindsight(corrected.told, version, OFFICE)
        assert told.clocks == folded(twin.told[:version]).clocks


def test_the_days_at_rest_end_when_the_clocks_really_ran_again():
    def story(resumed_at: str) -> Book:
        book = Book(wita("2026-02-10 09:00"))
        book.act(rest(date(2026, 2, 12)), "2026-02-12 09:00")
        book.act(commands.Resume(), resumed_at, "2026-02-25 09:00")
        return book.act(extend("2026-02-26 09:00", 2), "2026-02-26 09:00")

    wrong, right = story("2026-02-20 09:00"), story("2026-02-24 09:00")
    assert wrong.case.clocks != right.case.clocks
    corrected = wrong.correct("2026-02-24 09:00", version=3).case
    assert corrected.clocks == right.case.clocks
    told = in_hindsight(wrong.told, 3, OFFICE)
    assert told == folded(right.told[:3])


def test_a_resumption_on_the_day_of_the_pause_leaves_nothing_of_it():
    book = Book(wita("2026-02-10 09:00"))
    book.act(rest(date(2026, 2, 12)), "2026-02-12 09:00")
    book.act(commands.Resume(), "2026-02-16 09:00")
    after = book.correct("2026-02-12 10:00", version=3).case
    assert after.clocks == Book(wita("2026-02-10 09:00")).case.clocks


def test_a_calendar_announced_meanwhile_still_counts():
    free = Holiday(date(2026, 2, 26), "Pemilihan", HolidayKind.NATIONAL, "SK 1")
    holidays = {**OFFICE.calendar.holidays, free.date: free}
    newer = replace(OFFICE.calendar, edition="newer", holidays=holidays)
    kept = {one.edition: one for one in (OFFICE.calendar, newer)}
    later = replace(OFFICE, calendar=newer, kept_calendars=kept.__getitem__)

    def story(received_at: str) -> Book:
        before = replace(OFFICE, kept_calendars=kept.__getitem__)
        book = Book(wita(received_at), before)
        book.announce(later, "2026-02-25 09:00")
        return book.act(rest(date(2026, 3, 2), date(2026, 3, 2)), "2026-02-27 09:00")

    # By the wrong day both announcement and pause came in time; by the right one the
    # term was over before either.
    wrong, right = story("2026-02-13 09:00"), story("2026-02-03 09:00")
    after = wrong.correct("2026-02-03 09:00").case
    for clock in (Clock.STANDARD, STATUTE):
        told, measure = running(after, clock), running(right.case, clock)
        assert (told.late_since, told.due) == (measure.late_since, measure.due)


def test_the_disposition_moves_no_clock_by_its_time():
    book = Book(wita("2026-02-10 09:00"))
    at = wita("2026-02-11 09:00")
    assigned = Happened(disposed().event, by=HEAD, at=at)
    case = evolve(book.case, assigned.event, By(HEAD, at))
    assert case.clocks == book.case.clocks
    assert case.movements == ()
