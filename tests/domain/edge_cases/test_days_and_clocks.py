"""What happens on the last day, after it, twice, and what is entered later."""

from datetime import date

from domain import errors
from domain.values import Clock, ClockState, Stage
from tests.domain.edge_cases.matter import Matter
from tests.domain.edge_cases.wishes import (
    GIVE,
    POST,
    WHOLE_LETTER,
    extend,
    receive_letter,
    sign,
    write,
)
from tests.domain.offices import ANALYST, CLERK, HEAD
from tests.domain.scenarios import wita

CAME = "2026-02-10 10:00"
"""Its tenth working day is the 26th, its seventeenth the 9th of March."""
LAST_ALLOWED = "2026-02-26 23:59"
DAY_AFTER = "2026-02-27 00:00"


def test_an_extension_on_the_last_allowed_day_moves_the_statute_and_not_the_promise():
    matter = Matter()
    receive_letter(matter, CAME)
    promised = matter.clocks(LAST_ALLOWED)[Clock.STANDARD]
    matter.act(extend(LAST_ALLOWED), HEAD, LAST_ALLOWED)
    seen = matter.clocks(DAY_AFTER)
    assert (seen[Clock.STATUTE].state, seen[Clock.STATUTE].due_on) == (
        ClockState.RUNNING,
        date(2026, 3, 9),
    )
    assert seen[Clock.STANDARD] == promised


def test_an_extension_after_the_last_allowed_day_is_refused():
    matter = Matter()
    receive_letter(matter, CAME)
    said = matter.refuses(
        errors.ExtensionTooLateError, extend(DAY_AFTER), HEAD, DAY_AFTER
    )
    assert said == {"due_at": wita(DAY_AFTER)}
    assert matter.clocks(DAY_AFTER)[Clock.STATUTE].state is ClockState.MISSED


def test_an_extension_twice_is_refused_though_the_first_left_days_over():
    matter = Matter()
    receive_letter(matter, CAME)
    matter.act(extend("2026-02-20 09:00", 3), HEAD, "2026-02-20 09:00")
    once = matter.clocks("2026-02-20 09:00")[Clock.STATUTE]
    second = extend("2026-02-23 09:00", 4)
    matter.refuses(errors.ExtensionUsedError, second, HEAD, "2026-02-23 09:00")
    assert matter.clocks("2026-02-23 09:00")[Clock.STATUTE].due_on == once.due_on


def test_events_recorded_late_count_from_when_they_happened():
    """Paper first: the register hears a week later of what the desk did in time."""
    matter = Matter()
    told = "2026-03-03 08:00"
    matter.act(WHOLE_LETTER, CLERK, CAME, told=told)
    matter.act(GIVE, HEAD, "2026-02-11 09:00", told=told)
    matter.act(write(), ANALYST, "2026-02-12 09:00", told=told)
    sign(matter, "2026-02-13 09:00")
    matter.act(POST, CLERK, "2026-02-16 15:00", told=told)
    seen = matter.clocks(told)
    assert matter.case.stage is Stage.DELIVERED
    assert seen[Clock.STANDARD].starts_at == wita(CAME)
    assert seen[Clock.STANDARD].due_on == date(2026, 2, 17)
    for clock in (Clock.STANDARD, Clock.STATUTE):
        assert seen[clock].state is ClockState.MET
        assert seen[clock].met_at == wita("2026-02-16 15:00")
    assert seen[Clock.OBJECTION].starts_at == wita("2026-02-16 15:00")


def test_events_recorded_late_do_not_lie_before_the_last_one_that_happened():
    """The order of what happened is kept, not the order of what was told."""
    matter = Matter()
    told = "2026-02-20 08:00"
    matter.act(WHOLE_LETTER, CLERK, CAME, told=told)
    matter.act(GIVE, HEAD, "2026-02-12 09:00", told=told)
    said = matter.refuses(errors.OutOfOrderError, write(), ANALYST, "2026-02-12 08:59")
    assert said == {
        "occurred_at": wita("2026-02-12 08:59"),
        "not_before": wita("2026-02-12 09:00"),
    }
    matter.act(write(), ANALYST, "2026-02-12 09:00", told=told)


def test_a_clock_that_was_thought_missed_is_met_when_the_answer_is_entered_late():
    """The register showed a miss only as long as nobody had told it otherwise."""
    matter = Matter()
    receive_letter(matter, CAME)
    matter.act(write(), ANALYST, "2026-02-12 09:00")
    sign(matter, "2026-02-13 09:00")
    before = matter.clocks("2026-02-19 08:00")[Clock.STANDARD]
    matter.act(POST, CLERK, "2026-02-16 15:00", told="2026-02-19 08:05")
    after = matter.clocks("2026-02-19 08:10")[Clock.STANDARD]
    assert (before.state, after.state) == (ClockState.MISSED, ClockState.MET)
