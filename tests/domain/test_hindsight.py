"""What had happened by an instant, told with the corrections that were made since.

The measure is another case, into which the same facts were entered right at once.
"""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from domain import commands, events
from domain.case import Case
from domain.corrected import written
from domain.facts import By
from domain.hindsight import Told, folded, in_hindsight
from domain.values import Clock, CorrectableFact, DeliveryMeans, Requirement
from tests.domain.late import decided
from tests.domain.offices import BPPD, CLERK, HEAD, OFFICES
from tests.domain.past import approved, disposed
from tests.domain.receipts import lettered
from tests.domain.scenarios import MINUTE, Given, Happened, wita

OFFICE = OFFICES[BPPD]
WRONG = wita("2026-02-10 10:00")
RIGHT = wita("2026-02-06 10:00")
NEXT_DAY = wita("2026-02-11 09:00")
TODAY = wita("2026-04-01 09:00")


class Book:
    """A history as it is entered, act by act."""

    def __init__(self, *happened: Happened | tuple[Happened, ...]) -> None:
        self.told: list[Told] = []
        at = WRONG
        for each in happened:
            for one in each if isinstance(each, tuple) else (each,):
                at = one.at or at + MINUTE
                self.told.append((one.event, By(one.by, at)))

    @property
    def case(self) -> Case:
        return folded(self.told)

    def head(self, command: commands.RequestCommand, at) -> "Book":
        self.told.append((decided(self.case, command, at), By(HEAD, at)))
        return self

    def clerk(self, command: commands.RequestCommand, at) -> "Book":
        given = Given(agency=BPPD)
        given.case = self.case
        facts = given.when(command, by=CLERK, at=at).facts
        for fact in facts:
            assert isinstance(fact.event, events.CASE_EVENTS)
            self.told.append((fact.event, By(CLERK, at)))
        return self

    def correct(self, value, version: int = 1) -> "Book":
        fact = CorrectableFact.OCCURRED_AT
        said = commands.CorrectFact(version, fact, written(value), "keliru")
        return self.head(said, max(TODAY, self.case.last_at))


def received_at(at) -> Book:
    """A letter that is assigned, rests, and gets seven days more."""
    assigned = Happened(disposed().event, by=HEAD, at=NEXT_DAY)
    rest = commands.Pause(ground="-", first=date(2026, 2, 12), until=date(2026, 2, 13))
    longer = commands.Extend(working_days=7, reason="-", notice_sent_at=NEXT_DAY)
    book = Book(lettered(at=at), assigned)
    return book.head(rest, NEXT_DAY + MINUTE).head(longer, NEXT_DAY + 2 * MINUTE)


@pytest.mark.parametrize("version", range(1, 5))
def test_every_beginning_is_told_as_if_the_day_had_been_entered_right(version):
    wrong, right = received_at(WRONG).correct(RIGHT), received_at(RIGHT)
    told = in_hindsight(wrong.told, version, OFFICE)
    assert told == folded(right.told[:version])
    assert told != folded(wrong.told[:version])


def test_a_correction_of_a_correction_is_the_one_that_counts():
    between = RIGHT - timedelta(days=1)
    twice = received_at(WRONG).correct(between).correct(RIGHT, version=5)
    right = received_at(RIGHT)
    for version in range(1, 5):
        told = in_hindsight(twice.told, version, OFFICE)
        assert told == folded(right.told[:version])
    known = in_hindsight(twice.told, 5, OFFICE)
    assert known.clocks == right.case.clocks
    assert known.times[:4] == right.case.times


def test_the_answer_was_given_when_it_really_was():
    def answered(at):
        book = Book(lettered(at=WRONG), disposed(), approved())
        return book.clerk(commands.Deliver(how=DeliveryMeans.POST), at)

    told_at, really = wita("2026-03-09 09:00"), wita("2026-02-17 15:00")
    wrong, right = answered(told_at), answered(really)
    version = len(right.told)
    wrong.correct(really, version)
    for n in range(1, version + 1):
        assert in_hindsight(wrong.told, n, OFFICE) == folded(right.told[:n])
    assert wrong.case.clocks == right.case.clocks


def test_before_the_completion_the_statute_counts_from_the_right_receipt():
    def completed(at):
        book = Book(lettered(at=at, missing=(Requirement.PHONE,)))
        phone = frozenset({Requirement.PHONE})
        command = commands.ReceiveCompletion(received=phone)
        return book.clerk(command, NEXT_DAY)

    wrong, right = completed(WRONG).correct(RIGHT), completed(RIGHT)
    for n in (1, 2):
        assert in_hindsight(wrong.told, n, OFFICE) == folded(right.told[:n])
    # The correction itself moved the standard only: completion had begun the statute.
    correction = wrong.told[-1][0]
    assert isinstance(correction, events.FactCorrected)
    assert {due.clock for due in correction.due} == {Clock.STANDARD}
    assert wrong.case.clocks == right.case.clocks


def test_the_day_of_a_completion_begins_the_statute():
    def completed(at):
        book = Book(lettered(at=WRONG, missing=(Requirement.PHONE,)))
        ask = commands.RequestCompletion(
            missing=(Requirement.PHONE,), reply_by=date(2026, 2, 20), medium="sms"
        )
        phone = frozenset({Requirement.PHONE})
        command = commands.ReceiveCompletion(received=phone)
        return book.clerk(ask, WRONG + MINUTE).clerk(command, at)

    wrong, right = completed(wita("2026-02-18 09:00")), completed(NEXT_DAY)
    wrong.correct(NEXT_DAY, 3)
    assert wrong.case.clocks == right.case.clocks
    assert in_hindsight(wrong.told, 3, OFFICE) == folded(right.told[:3])


def test_clocks_of_the_past_are_counted_in_the_calendar_of_their_time():
    old = replace(OFFICE.calendar, edition="id-2025.9", holidays={})
    office = replace(OFFICE, kept_calendars={old.edition: old}.__getitem__)
    came = lettered(at=WRONG).event
    assert isinstance(came, events.Received)
    due = tuple(replace(one, calendar_edition=old.edition) for one in came.due)
    event = replace(came, due=due)
    book = Book(Happened(event, by=CLERK, at=WRONG)).correct(RIGHT)
    told = in_hindsight(book.told, 1, office).clock(Clock.STATUTE)
    assert told is not None
    # Imlek and its collective leave count where nothing is known of them.
    assert told.due.due_on == date(2026, 2, 20)
    assert told.due.calendar_edition == old.edition


def test_the_present_is_what_was_folded():
    book = received_at(WRONG).correct(RIGHT)
    assert in_hindsight(book.told, 5, OFFICE) == book.case
