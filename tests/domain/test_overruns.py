"""Fifteen minutes "atau sesuai kebutuhan": what takes longer is explained."""

from datetime import timedelta

import pytest

from domain import commands, errors, events
from domain.values import Channel, Stage
from tests.domain.offices import ANALYST, OTHER_ANALYST
from tests.domain.past import answered_orally, directed, refused_at_counter
from tests.domain.receipts import lettered, reported, visited
from tests.domain.scenarios import MINUTE, MORNING, Given
from tests.domain.stages import VISITS

EXPLAIN = commands.NoteOverrun(reason="sesuai kebutuhan")
TARGET = MORNING + timedelta(minutes=15)
LATE = TARGET + 20 * MINUTE
ALLOWED = (Stage.DISPOSED, Stage.DELIVERED, Stage.REFUSED)


@pytest.mark.parametrize("at", [TARGET, LATE])
def test_the_handling_official_explains_what_takes_longer(at):
    Given(visited(), directed()).when(EXPLAIN, by=ANALYST, at=at).then(
        events.TargetOverrunNoted(reason="sesuai kebutuhan")
    ).leaves(stage=Stage.DISPOSED)


@pytest.mark.parametrize(
    "answer", [answered_orally(at=TARGET), refused_at_counter(at=TARGET)]
)
def test_an_overrun_may_be_explained_after_the_late_answer(answer):
    Given(visited(), directed(), answer).when(EXPLAIN, by=ANALYST, at=LATE).then(
        events.TargetOverrunNoted(reason="sesuai kebutuhan")
    )


def test_there_is_nothing_to_explain_before_the_target_time():
    at = TARGET - timedelta(microseconds=1)
    Given(visited(), directed()).when(EXPLAIN, by=ANALYST, at=at).then_refused(
        errors.TargetNotOverrunError, due_at=TARGET
    )


def test_a_visitor_answered_in_time_was_not_overrun_however_late_this_is_said():
    Given(visited(), directed(), answered_orally()).when(
        EXPLAIN, by=ANALYST, at=LATE
    ).then_refused(errors.TargetNotOverrunError, due_at=TARGET)


def test_nobody_but_the_handling_official_explains():
    Given(visited(), directed()).when(EXPLAIN, by=OTHER_ANALYST, at=LATE).then_refused(
        errors.NotTheAssignedOfficialError
    )


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.CLOSED])
def test_nothing_is_explained_before_direction_or_after_closing(stage):
    Given(*VISITS[stage]).when(EXPLAIN, by=ANALYST, at=LATE).then_refused(
        errors.WrongStageError, stage=stage, allowed=ALLOWED
    )


@pytest.mark.parametrize(
    ("came", "channel"),
    [(lettered(), Channel.LETTER), (reported(), Channel.SP4N_LAPOR)],
)
def test_terms_in_days_have_no_such_excuse(came, channel):
    Given(came).when(EXPLAIN, by=ANALYST, at=LATE).then_refused(
        errors.WrongChannelError, channel=channel, allowed=(Channel.FACE_TO_FACE,)
    )
