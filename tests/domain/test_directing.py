"""At the counter a head says who will serve the visitor (arahan)."""

import pytest

from domain import commands, errors, events
from domain.values import Channel, Stage
from tests.domain.offices import (
    ANALYST,
    BIRO,
    BPPD,
    DIVISION_HEAD,
    HEAD,
    NOBODY,
    OTHER_ANALYST,
    RECEPTIONIST,
    RETIRED,
    SECRETARY,
    SEKDA,
    SUBDIVISION_HEAD,
)
from tests.domain.past import directed
from tests.domain.receipts import lettered, reported, visited
from tests.domain.scenarios import MINUTE, MORNING, Given
from tests.domain.stages import VISITS, outside

DIRECT = commands.GiveDirection(to=ANALYST, directed_by=HEAD)


def test_reception_enters_whom_the_head_named():
    Given(visited()).when(DIRECT, by=RECEPTIONIST).then(
        events.Disposed(to=ANALYST, by=HEAD, oral=True, unit="batas/lintas")
    ).leaves(stage=Stage.DISPOSED, assignee=ANALYST)


@pytest.mark.parametrize(
    ("agency", "directed_by"),
    [
        (BIRO, HEAD),
        (BIRO, DIVISION_HEAD),
        (BIRO, SUBDIVISION_HEAD),
        (BPPD, SECRETARY),
        (BPPD, DIVISION_HEAD),
        (BPPD, SUBDIVISION_HEAD),
    ],
)
def test_every_rank_that_the_page_names_may_direct(agency, directed_by):
    command = commands.GiveDirection(to=ANALYST, directed_by=directed_by)
    Given(visited(agency=agency)).when(command, by=RECEPTIONIST).leaves(
        assignee=ANALYST
    )


@pytest.mark.parametrize("directed_by", [ANALYST, SEKDA, RECEPTIONIST])
def test_nobody_else_may_direct(directed_by):
    command = commands.GiveDirection(to=ANALYST, directed_by=directed_by)
    Given(visited()).when(command, by=RECEPTIONIST).then_refused(
        errors.MayNotDirectError, official=directed_by
    )


def test_a_head_may_serve_the_visitor_himself():
    command = commands.GiveDirection(to=HEAD, directed_by=HEAD)
    Given(visited()).when(command, by=RECEPTIONIST).leaves(assignee=HEAD)


def test_a_visitor_may_be_sent_on_to_another_official():
    command = commands.GiveDirection(to=OTHER_ANALYST, directed_by=HEAD)
    Given(visited(), directed()).when(command, by=RECEPTIONIST).leaves(
        stage=Stage.DISPOSED, assignee=OTHER_ANALYST
    )


@pytest.mark.parametrize("official", [NOBODY, RETIRED])
def test_only_officials_in_office_serve_and_direct(official):
    to = commands.GiveDirection(to=official, directed_by=HEAD)
    by = commands.GiveDirection(to=ANALYST, directed_by=official)
    for command in (to, by):
        Given(visited()).when(command, by=RECEPTIONIST).then_refused(
            errors.UnknownOfficialError, official=official
        )


def test_a_desk_role_handles_no_case():
    command = commands.GiveDirection(to=RECEPTIONIST, directed_by=HEAD)
    Given(visited()).when(command, by=RECEPTIONIST).then_refused(
        errors.NotAssignableError, official=RECEPTIONIST
    )
    secretary = commands.GiveDirection(to=SEKDA, directed_by=HEAD)
    Given(visited()).when(secretary, by=RECEPTIONIST).then_refused(
        errors.NotAssignableError, official=SEKDA
    )


@pytest.mark.parametrize(
    ("came", "channel"),
    [(lettered(), Channel.LETTER), (reported(), Channel.SP4N_LAPOR)],
)
def test_only_visitors_are_directed(came, channel):
    Given(came).when(DIRECT, by=RECEPTIONIST).then_refused(
        errors.WrongChannelError, channel=channel, allowed=(Channel.FACE_TO_FACE,)
    )


@pytest.mark.parametrize("stage", outside(VISITS, Stage.RECEIVED, Stage.DISPOSED))
def test_an_answered_visitor_is_directed_to_nobody(stage):
    Given(*VISITS[stage]).when(DIRECT, by=RECEPTIONIST).then_refused(
        errors.WrongStageError,
        stage=stage,
        allowed=(Stage.RECEIVED, Stage.DISPOSED),
    )


def test_nothing_happens_before_the_case_s_last_act():
    Given(visited()).when(DIRECT, by=RECEPTIONIST, at=MORNING - MINUTE).then_refused(
        errors.OutOfOrderError, occurred_at=MORNING - MINUTE, not_before=MORNING
    )


def test_two_acts_may_happen_at_the_same_moment():
    Given(visited()).when(DIRECT, by=RECEPTIONIST, at=MORNING).leaves(last_at=MORNING)
