"""A term that does not say its length is counted back in the edition that it names."""

from datetime import date

import pytest
from msgspec.structs import replace

from domain import commands, events
from domain.calendar import Holiday, HolidayKind
from domain.clocks import RunningClock
from domain.evolution import evolve
from domain.facts import By
from domain.grounds import window
from domain.values import Clock
from tests.domain.late import decided
from tests.domain.offices import BPPD, OFFICES
from tests.domain.receipts import lettered
from tests.domain.scenarios import MINUTE, wita
from tests.domain.words import objection

OLD = OFFICES[BPPD].calendar
FREE = Holiday(date(2026, 2, 19), "Pemilihan", HolidayKind.NATIONAL, "Keppres 1/2026")
NEW = replace(OLD, edition="newer", holidays={**OLD.holidays, FREE.date: FREE})
OFFICE = replace(
    OFFICES[BPPD],
    calendar=NEW,
    kept_calendars={one.edition: one for one in (OLD, NEW)}.__getitem__,
)
AT = wita("2026-02-10 09:05")


def letter():
    """A letter of which the register says when its terms end, and not how long."""
    came = lettered(at=AT).event
    assert isinstance(came, events.Received)
    due = tuple(replace(one, length=0) for one in came.due)
    return evolve(None, replace(came, due=due), By("-", AT))


@pytest.mark.parametrize(
    ("command", "due_on"),
    [
        # Ten working days, the 19th being free, and what is added.
        (
            commands.Extend(working_days=1, reason="-", notice_sent_at=AT),
            date(2026, 3, 2),
        ),
        (
            commands.Pause(
                ground="-", first=date(2026, 2, 11), until=date(2026, 2, 11)
            ),
            date(2026, 3, 2),
        ),
    ],
    ids=["extended", "paused"],
)
def test_it_is_as_long_as_it_was(command, due_on):
    event = decided(letter(), command, AT + MINUTE, office=OFFICE)
    assert isinstance(event, events.DeadlineExtended | events.ClockPaused)
    [statute] = [due for due in event.due if due.clock is Clock.STATUTE]
    assert (statute.due_on, statute.length) == (due_on, 10)


def test_the_time_to_object_is_as_long_as_it_was():
    told = objection(AT)
    case = replace(letter(), clocks=(RunningClock(due=replace(told, length=0)),))
    found = window(case, OFFICE, AT)
    assert found is not None
    assert found.due.length == told.length
