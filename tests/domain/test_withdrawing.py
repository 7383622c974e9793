"""The requester takes the request back before it is answered (dicabut)."""

import pytest

from domain import commands, errors, events
from domain.case import UNANSWERED
from domain.values import Clock, ClockState, Outcome, Stage
from tests.domain.offices import CLERK, RECEPTIONIST
from tests.domain.past import directed, disposed, drafted, initialled, withdrawn
from tests.domain.receipts import lettered, visited
from tests.domain.scenarios import Given, wita
from tests.domain.stages import LETTERS, REPORTS, VISITS, outside
from tests.domain.watch import states
from tests.domain.words import TOLD, granted

WITHDRAW = commands.Withdraw(how="surat pencabutan", told=TOLD)
each_channel = pytest.mark.parametrize(
    "histories", [VISITS, LETTERS, REPORTS], ids=["visit", "letter", "report"]
)


@each_channel
def test_a_request_is_withdrawn_in_any_stage_before_its_answer(histories):
    for stage in set(histories) & set(UNANSWERED):
        Given(*histories[stage]).when(WITHDRAW, by=CLERK).then(
            events.Withdrawn(how="surat pencabutan", told=TOLD)
        ).leaves(stage=Stage.WITHDRAWN, outcome=Outcome.WITHDRAWN)


@each_channel
def test_what_was_answered_or_has_gone_cannot_be_withdrawn(histories):
    for stage in outside(histories, *UNANSWERED):
        Given(*histories[stage]).when(WITHDRAW, by=CLERK).then_refused(
            errors.WrongStageError, stage=stage, allowed=UNANSWERED
        )


def test_withdrawn_after_initials_the_draft_stays_on_the_file():
    given = Given(lettered(), disposed(), drafted(), initialled())
    assert given.case is not None
    given.when(WITHDRAW, by=CLERK).leaves(draft=given.case.draft)


def test_a_withdrawn_request_breaks_no_promise():
    case = Given(lettered()).when(WITHDRAW, by=CLERK).case
    assert states(case, wita("2026-06-01 08:00")) == {
        Clock.STANDARD: ClockState.STOPPED,
        Clock.STATUTE: ClockState.STOPPED,
    }


def test_a_promise_that_was_broken_before_stays_broken():
    case = Given(lettered()).when(WITHDRAW, by=CLERK, at=wita("2026-02-18 08:00")).case
    assert states(case, wita("2026-06-01 08:00")) == {
        Clock.STANDARD: ClockState.MISSED,
        Clock.STATUTE: ClockState.STOPPED,
    }


def test_the_visitor_who_withdraws_takes_the_card_back():
    given = Given(visited(card="ktp"), directed(), withdrawn(RECEPTIONIST))
    back = commands.ReturnIdCard(to="visitor")
    assert not given.when(back, by=RECEPTIONIST).case.holds_id_card


def test_every_item_is_withdrawn_with_the_request():
    case = Given(lettered(items=2)).when(WITHDRAW, by=CLERK).case
    assert [(item.n, item.outcome) for item in case.answers] == [
        (1, Outcome.WITHDRAWN),
        (2, Outcome.WITHDRAWN),
    ]


def test_an_answer_that_was_drafted_only_was_not_given():
    given = Given(lettered(), disposed(), drafted(granted()))
    case = given.when(WITHDRAW, by=CLERK).case
    assert [item.outcome for item in case.answers] == [Outcome.WITHDRAWN]
