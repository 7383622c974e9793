"""The requester is called to collect the answer, and comes or does not (diambil)."""

import pytest

from domain import commands, errors, events
from domain.case import DRAFTABLE
from domain.values import Channel, MissedPickup, Stage
from tests.domain.offices import CLERK
from tests.domain.past import COLLECT_BY, CONTACT, approved, called, disposed, missed
from tests.domain.receipts import lettered, reported, visited
from tests.domain.scenarios import MINUTE, MORNING, Given
from tests.domain.stages import LETTERS, outside
from tests.domain.words import TOLD, objection

CALL = commands.ArrangePickup(contacts=(CONTACT, CONTACT), collect_by=COLLECT_BY)
COLLECT = commands.RecordCollection(by="requester")
MISS = commands.RecordMissedPickup(then=MissedPickup.POST)
APPROVED = (lettered(), disposed(), approved())


def test_the_requester_of_an_approved_letter_is_called():
    Given(*APPROVED).when(CALL, by=CLERK).then(
        events.PickupArranged(contacts=(CONTACT, CONTACT), collect_by=COLLECT_BY)
    ).leaves(stage=Stage.AWAITING_PICKUP)


def test_the_requester_may_be_called_again():
    Given(*APPROVED, called()).when(CALL, by=CLERK).leaves(stage=Stage.AWAITING_PICKUP)


def test_a_collected_answer_is_delivered():
    command = commands.RecordCollection(by="other", told=TOLD)
    Given(*APPROVED, called()).when(command, by=CLERK).then(
        events.Collected(by="other", told=TOLD, due=(objection(MORNING + 7 * MINUTE),))
    ).leaves(stage=Stage.DELIVERED)


@pytest.mark.parametrize(
    ("then", "stage"),
    [(MissedPickup.POST, Stage.APPROVED), (MissedPickup.CLOSE, Stage.CLOSED)],
)
def test_an_answer_nobody_came_for_is_posted_or_the_case_closed(then, stage):
    command = commands.RecordMissedPickup(then=then)
    Given(*APPROVED, called()).when(command, by=CLERK).then(
        events.PickupMissed(then=then)
    ).leaves(stage=stage)


def test_who_missed_the_pickup_may_be_called_once_more():
    history = (*APPROVED, called(), missed(MissedPickup.POST))
    Given(*history).when(CALL, by=CLERK).leaves(stage=Stage.AWAITING_PICKUP)


@pytest.mark.parametrize("command", [CALL, COLLECT, MISS])
@pytest.mark.parametrize(
    ("came", "channel"),
    [(visited(), Channel.FACE_TO_FACE), (reported(), Channel.SP4N_LAPOR)],
)
def test_only_letters_are_collected(command, came, channel):
    Given(came).when(command, by=CLERK).then_refused(
        errors.WrongChannelError, channel=channel, allowed=(Channel.LETTER,)
    )


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.INCOMPLETE, *DRAFTABLE])
def test_nobody_is_called_before_the_final_approval(stage):
    Given(*LETTERS[stage]).when(CALL, by=CLERK).then_refused(
        errors.NotFinallyApprovedError
    )


@pytest.mark.parametrize("stage", [Stage.DELIVERED, Stage.CLOSED])
def test_nobody_is_called_for_an_answer_that_has_left(stage):
    Given(*LETTERS[stage]).when(CALL, by=CLERK).then_refused(
        errors.WrongStageError,
        stage=stage,
        allowed=(Stage.APPROVED, Stage.AWAITING_PICKUP),
    )


@pytest.mark.parametrize("command", [COLLECT, MISS])
@pytest.mark.parametrize("stage", outside(LETTERS, Stage.AWAITING_PICKUP))
def test_only_who_was_called_comes_or_misses(command, stage):
    Given(*LETTERS[stage]).when(command, by=CLERK).then_refused(
        errors.WrongStageError, stage=stage, allowed=(Stage.AWAITING_PICKUP,)
    )
