"""A request lapses when what was asked for did not come in time (gugur)."""

from datetime import date

import pytest

from domain import commands, errors, events
from domain.values import Clock, ClockState, Outcome, Requirement, Stage
from tests.domain.offices import CLERK
from tests.domain.past import asked
from tests.domain.receipts import lettered
from tests.domain.scenarios import Given, wita
from tests.domain.stages import LETTERS, VISITS, outside
from tests.domain.watch import states

PHONE = Requirement.PHONE
BARE_LETTER = lettered(missing=(PHONE,))
LAPSE = commands.Lapse(notice="Surat pemberitahuan 12")
LAST_DAY_ENDS = wita("2026-02-14 00:00")


def test_a_request_lapses_with_notice_when_the_day_to_reply_has_ended():
    Given(BARE_LETTER, asked(PHONE)).when(LAPSE, by=CLERK, at=LAST_DAY_ENDS).then(
        events.Lapsed(notice="Surat pemberitahuan 12")
    ).leaves(stage=Stage.LAPSED, outcome=Outcome.LAPSED, missing=(PHONE,))


def test_on_the_last_day_the_requester_may_still_reply():
    late = wita("2026-02-13 23:59")
    Given(BARE_LETTER, asked(PHONE)).when(LAPSE, by=CLERK, at=late).then_refused(
        errors.LapseTooEarlyError, due_at=LAST_DAY_ENDS
    )


def test_nothing_lapses_that_nobody_has_asked_for():
    late = wita("2026-06-01 08:00")
    Given(BARE_LETTER).when(LAPSE, by=CLERK, at=late).then_refused(
        errors.LapseTooEarlyError, due_at=None
    )


def test_who_was_asked_again_has_until_the_new_day():
    again = asked(PHONE, reply_by=date(2026, 2, 20), at=wita("2026-02-16 08:00"))
    given = Given(BARE_LETTER, asked(PHONE), again)
    given.when(LAPSE, by=CLERK, at=wita("2026-02-20 16:00")).then_refused(
        errors.LapseTooEarlyError, due_at=wita("2026-02-21 00:00")
    )
    given.when(LAPSE, by=CLERK, at=wita("2026-02-21 00:00")).leaves(stage=Stage.LAPSED)


def test_the_clocks_stop_with_the_lapse_and_no_promise_is_broken():
    given = Given(BARE_LETTER, asked(PHONE))
    case = given.when(LAPSE, by=CLERK, at=LAST_DAY_ENDS).case
    assert states(case, wita("2026-06-01 08:00")) == {
        Clock.STANDARD: ClockState.STOPPED,
        Clock.STATUTE: ClockState.STOPPED,
        Clock.COMPLETION: ClockState.MISSED,
    }


@pytest.mark.parametrize("histories", [VISITS, LETTERS], ids=["visit", "letter"])
def test_only_an_incomplete_request_lapses(histories):
    late = wita("2026-06-01 08:00")
    for stage in outside(histories, Stage.INCOMPLETE):
        Given(*histories[stage]).when(LAPSE, by=CLERK, at=late).then_refused(
            errors.WrongStageError, stage=stage, allowed=(Stage.INCOMPLETE,)
        )
