"""The head opens a finished case again; its last assignee answers once more."""

import pytest

from domain import commands, errors, events
from domain.case import FINISHED, LEFT
from domain.values import (
    DeliveryMeans,
    DraftKind,
    LaporClass,
    MissedPickup,
    Role,
    Stage,
)
from tests.domain.offices import ANALYST, HEAD, SEKDA
from tests.domain.past import (
    approved,
    called,
    closed,
    delivered,
    disposed,
    missed,
    reopened,
    reviewed,
)
from tests.domain.receipts import lettered, reported, visited
from tests.domain.scenarios import Given, Happened
from tests.domain.stages import LETTERS, REPORTS, VISITS, outside
from tests.domain.words import granted

REOPEN = commands.Reopen(reason="keberatan dikabulkan")
REOPENABLE = (*FINISHED, Stage.CLOSED)


@pytest.mark.parametrize(
    "history",
    [
        VISITS[Stage.DELIVERED],
        VISITS[Stage.REFUSED],
        VISITS[Stage.CLOSED],
        LETTERS[Stage.DELIVERED],
        LETTERS[Stage.CLOSED],
        REPORTS[Stage.CLOSED],
    ],
)
def test_a_finished_case_goes_back_to_its_last_assignee(history):
    Given(*history).when(REOPEN, by=HEAD).then(
        events.Reopened(reason="keberatan dikabulkan")
    ).leaves(stage=Stage.DISPOSED, assignee=ANALYST, outcome=None, answers=())


def test_the_regional_secretary_reopens_letters_addressed_to_him_and_no_others():
    for addressee in (Role.REGIONAL_SECRETARY, Role.AGENCY_HEAD, None):
        history = (lettered(addressee=addressee), disposed(), approved(), delivered())
        then = Given(*history).when(REOPEN, by=SEKDA)
        if addressee is Role.REGIONAL_SECRETARY:
            then.leaves(stage=Stage.DISPOSED)
        else:
            then.then_refused(errors.NotAddressedToYouError)
    for closed_otherwise in (VISITS[Stage.CLOSED], REPORTS[Stage.CLOSED]):
        Given(*closed_otherwise).when(REOPEN, by=SEKDA).then_refused(
            errors.NotAddressedToYouError
        )


def test_a_case_closed_over_an_uncollected_answer_may_be_reopened():
    history = (lettered(), disposed(), approved(), called())
    Given(*history, missed(MissedPickup.CLOSE)).when(REOPEN, by=HEAD).leaves(
        stage=Stage.DISPOSED
    )


def test_a_reopened_letter_gets_the_next_version_of_its_draft():
    command = commands.Draft(kind=DraftKind.ANSWER, items=(granted(),))
    then = Given(*LETTERS[Stage.CLOSED], reopened()).when(command, by=ANALYST)
    draft = then.leaves(stage=Stage.DRAFTED).case.draft
    assert draft is not None
    assert (draft.n, draft.next_tier) == (2, 1)


def test_a_reopened_visit_has_all_its_items_open_again():
    Given(*VISITS[Stage.CLOSED]).when(REOPEN, by=HEAD).leaves(open_items=(1,))
    Given(*VISITS[Stage.CLOSED], reopened()).when(
        commands.Deliver(how=DeliveryMeans.ORAL), by=ANALYST
    ).leaves(stage=Stage.DELIVERED, answers=(granted(),))


def test_a_case_that_nobody_was_given_cannot_be_reopened():
    history = (reported(), reviewed(LaporClass.ASPIRATION), closed())
    Given(*history).when(REOPEN, by=HEAD).then_refused(
        errors.WrongStageError, stage=Stage.CLOSED, allowed=FINISHED
    )


@pytest.mark.parametrize("stage", LEFT)
@pytest.mark.parametrize(
    "histories", [VISITS, LETTERS, REPORTS], ids=["visit", "letter", "report"]
)
def test_a_request_that_went_another_way_stays_there_once_it_is_closed(
    histories, stage
):
    if stage not in histories:
        return
    Given(*histories[stage], closed()).when(REOPEN, by=HEAD).then_refused(
        errors.WrongStageError, stage=Stage.CLOSED, allowed=FINISHED
    )


@pytest.mark.parametrize(
    "histories", [VISITS, LETTERS, REPORTS], ids=["visit", "letter", "report"]
)
def test_only_a_finished_case_is_reopened(histories):
    for stage in outside(histories, *REOPENABLE):
        Given(*histories[stage]).when(REOPEN, by=HEAD).then_refused(
            errors.WrongStageError, stage=stage, allowed=REOPENABLE
        )


def test_a_visit_that_was_never_answered_is_not_reopened():
    Given(visited()).when(REOPEN, by=HEAD).then_refused(
        errors.WrongStageError, stage=Stage.RECEIVED, allowed=REOPENABLE
    )


def test_an_erased_case_stays_closed_for_nobody_is_left_to_answer():
    gone = Happened(events.PersonalDataErased(), by=HEAD)
    Given(*LETTERS[Stage.CLOSED], gone).when(REOPEN, by=HEAD).then_refused(
        errors.PersonErasedError
    )
