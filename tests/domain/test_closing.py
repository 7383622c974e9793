"""A case is closed when nothing more is owed in it (selesai)."""

import pytest

from domain import commands, errors, events
from domain.case import FINISHED, LEFT
from domain.values import LaporClass, Stage
from tests.domain.offices import CLERK, LIAISON, RECEPTIONIST
from tests.domain.past import (
    answered_orally,
    card_returned,
    converted,
    directed,
    reviewed,
)
from tests.domain.receipts import reported, visited
from tests.domain.scenarios import Given
from tests.domain.stages import LETTERS, REPORTS, VISITS, outside

CLOSE = commands.Close()


@pytest.mark.parametrize(
    ("history", "by"),
    [
        (VISITS[Stage.DELIVERED], RECEPTIONIST),
        (VISITS[Stage.REFUSED], RECEPTIONIST),
        (LETTERS[Stage.DELIVERED], CLERK),
        (REPORTS[Stage.DELIVERED], LIAISON),
    ],
    ids=["answered-visit", "refused-visit", "letter", "report"],
)
def test_an_answered_case_is_closed_with_its_outcome(history, by):
    given = Given(*history)
    assert given.case is not None
    given.when(CLOSE, by=by).then(events.Closed()).leaves(
        stage=Stage.CLOSED, outcome=given.case.outcome
    )


def test_a_closing_may_say_why():
    command = commands.Close(reason="pemohon puas")
    Given(*LETTERS[Stage.DELIVERED]).when(command, by=CLERK).then(
        events.Closed(reason="pemohon puas")
    )


def test_a_visit_cannot_close_while_reception_holds_the_card():
    history = (visited(card="ktp"), directed(), answered_orally())
    Given(*history).when(CLOSE, by=RECEPTIONIST).then_refused(errors.IdCardHeldError)
    Given(*history, card_returned()).when(CLOSE, by=RECEPTIONIST).leaves(
        stage=Stage.CLOSED
    )


@pytest.mark.parametrize("stage", [Stage.WITHDRAWN, Stage.TRANSFERRED, Stage.LAPSED])
def test_what_has_gone_another_way_is_closed_with_its_outcome(stage):
    given = Given(*LETTERS[stage])
    assert given.case is not None
    given.when(CLOSE, by=CLERK).then(events.Closed()).leaves(
        stage=Stage.CLOSED, outcome=given.case.outcome, clocks=given.case.clocks
    )


def test_a_visit_that_goes_on_as_a_letter_is_closed_once_the_card_went_back():
    history = (visited(card="ktp"), directed(), converted())
    Given(*history).when(CLOSE, by=RECEPTIONIST).then_refused(errors.IdCardHeldError)
    Given(*history, card_returned()).when(CLOSE, by=RECEPTIONIST).leaves(
        stage=Stage.CLOSED
    )


def test_an_aspiration_is_noted_and_closed():
    history = (reported(), reviewed(LaporClass.ASPIRATION))
    Given(*history).when(CLOSE, by=LIAISON).leaves(stage=Stage.CLOSED, outcome=None)


@pytest.mark.parametrize(
    "histories", [VISITS, LETTERS, REPORTS], ids=["visit", "letter", "report"]
)
def test_a_case_without_an_answer_is_not_closed_and_none_is_closed_twice(histories):
    for stage in outside(histories, *FINISHED, *LEFT):
        Given(*histories[stage]).when(CLOSE, by=CLERK).then_refused(
            errors.WrongStageError, stage=stage, allowed=(*FINISHED, *LEFT)
        )


def test_what_is_no_request_has_no_running_clock_when_it_is_closed():
    closed = Given(reported(), reviewed(LaporClass.ASPIRATION)).when(CLOSE, by=LIAISON)
    assert closed.then(events.Closed()).case is not None
    assert all(clock.stopped_at is not None for clock in closed.case.clocks)
