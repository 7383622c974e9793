"""The head assigns an official, and who was given a case may pass it down."""

from datetime import date

import pytest
from msgspec.structs import replace

from domain import commands, errors, events
from domain.office import Directory, Office
from domain.values import Channel, Role, Secrecy, Stage, Urgency
from tests.domain.offices import (
    ANALYST,
    BIRO,
    BPPD,
    CLERK,
    DIVISION_HEAD,
    DOUBLE,
    HEAD,
    NOBODY,
    OFFICES,
    OTHER_ANALYST,
    OTHER_DIVISION_HEAD,
    OTHER_SUBDIVISION_HEAD,
    PLACES,
    RETIRED,
    SECRETARY,
    SEKDA,
    SUBDIVISION_HEAD,
)
from tests.domain.past import (
    approved,
    delivered,
    disposed,
    drafted,
    initialled,
    returned,
    reviewed,
)
from tests.domain.receipts import lettered, reported, visited
from tests.domain.scenarios import Given
from tests.domain.stages import LETTERS, REPORTS, outside

REDISPOSABLE = (
    Stage.RECEIVED,
    Stage.DISPOSED,
    Stage.DRAFTED,
    Stage.IN_REVIEW,
    Stage.RETURNED,
)


UNITS = {official: unit for official, _, unit in PLACES}
HEADS = (Role.REGIONAL_SECRETARY, Role.AGENCY_HEAD)
REOPEN = commands.Reopen(reason="keberatan")


def with_roles(official: str, roles: tuple[Role, ...]) -> Office:
    """BPPD where that official has these roles, in this order."""
    bppd = OFFICES[BPPD]
    known = dict(bppd.directory.officials)
    known[official, BPPD] = replace(known[official, BPPD], roles=roles)
    return replace(bppd, directory=Directory(officials=known))


def with_head(roles: tuple[Role, ...]) -> Office:
    """BPPD where the head has other roles besides."""
    return with_roles(HEAD, roles)


def to(official: str) -> commands.Dispose:
    return commands.Dispose(to=official)


def test_the_head_assigns_an_official_in_writing():
    command = commands.Dispose(
        to=ANALYST,
        others=(OTHER_ANALYST,),
        instructions=("proses lebih lanjut",),
        urgency=Urgency.URGENT,
        secrecy=Secrecy.SECRET,
        respond_by=date(2026, 2, 13),
    )
    Given(lettered()).when(command, by=HEAD).then(
        events.Disposed(
            to=ANALYST,
            by=HEAD,
            others=(OTHER_ANALYST,),
            instructions=("proses lebih lanjut",),
            urgency=Urgency.URGENT,
            secrecy=Secrecy.SECRET,
            respond_by=date(2026, 2, 13),
            unit="batas/lintas",
        )
    ).leaves(stage=Stage.DISPOSED, assignee=ANALYST)


def test_a_reviewed_report_is_assigned():
    Given(reported(), reviewed()).when(to(ANALYST), by=HEAD).leaves(
        stage=Stage.DISPOSED, assignee=ANALYST
    )


def test_a_report_goes_to_the_head_after_its_review_only():
    Given(reported()).when(to(ANALYST), by=HEAD).then_refused(
        errors.NotReviewedError,
        stage=Stage.RECEIVED,
        allowed=("received and reviewed",),
    )


@pytest.mark.parametrize(
    ("giver", "taker"),
    [
        (DIVISION_HEAD, SUBDIVISION_HEAD),
        (DIVISION_HEAD, ANALYST),
        (SUBDIVISION_HEAD, ANALYST),
        (SECRETARY, OTHER_SUBDIVISION_HEAD),
    ],
)
def test_who_was_given_a_case_passes_it_down(giver, taker):
    Given(lettered(), disposed(to=giver)).when(to(taker), by=giver).then(
        events.Disposed(to=taker, by=giver, unit=UNITS[taker])
    ).leaves(assignee=taker)


@pytest.mark.parametrize("giver", [DIVISION_HEAD, SUBDIVISION_HEAD])
def test_below_the_head_nobody_passes_on_what_he_was_not_given(giver):
    Given(lettered(), disposed(to=OTHER_DIVISION_HEAD)).when(
        to(ANALYST), by=giver
    ).then_refused(errors.NotDisposedToYouError)
    Given(lettered()).when(to(ANALYST), by=giver).then_refused(
        errors.NotDisposedToYouError
    )


@pytest.mark.parametrize(
    ("giver", "taker"),
    [
        (DIVISION_HEAD, HEAD),
        (DIVISION_HEAD, SECRETARY),
        (DIVISION_HEAD, OTHER_DIVISION_HEAD),
        (SUBDIVISION_HEAD, SUBDIVISION_HEAD),
        (SECRETARY, DIVISION_HEAD),
    ],
)
def test_a_disposition_goes_neither_upward_nor_sideways(giver, taker):
    Given(lettered(), disposed(to=giver)).when(to(taker), by=giver).then_refused(
        errors.NotSubordinateError, official=taker
    )


@pytest.mark.parametrize(
    ("giver", "taker"),
    [
        (DIVISION_HEAD, OTHER_ANALYST),
        (DIVISION_HEAD, OTHER_SUBDIVISION_HEAD),
        (SUBDIVISION_HEAD, OTHER_ANALYST),
    ],
)
def test_a_disposition_stays_in_the_giver_s_own_unit(giver, taker):
    Given(lettered(), disposed(to=giver)).when(to(taker), by=giver).then_refused(
        errors.NotSubordinateError, official=taker
    )


def test_the_regional_secretary_passes_his_letter_to_the_head_of_the_agency():
    letter = lettered(agency=BIRO, addressee=Role.REGIONAL_SECRETARY)
    Given(letter).when(to(HEAD), by=SEKDA).leaves(assignee=HEAD)
    Given(letter, disposed(to=HEAD, by=SEKDA)).when(to(ANALYST), by=HEAD).leaves(
        assignee=ANALYST
    )


def test_the_head_need_not_wait_for_the_regional_secretary():
    letter = lettered(agency=BIRO, addressee=Role.REGIONAL_SECRETARY)
    Given(letter).when(to(ANALYST), by=HEAD).leaves(assignee=ANALYST)


@pytest.mark.parametrize("addressee", [Role.AGENCY_HEAD, None])
def test_the_regional_secretary_assigns_only_letters_addressed_to_him(addressee):
    letter = lettered(agency=BIRO, addressee=addressee)
    Given(letter).when(to(HEAD), by=SEKDA).then_refused(errors.NotDisposedToYouError)


@pytest.mark.parametrize("roles", [(Role.LETTER_CLERK, Role.AGENCY_HEAD), HEADS])
@pytest.mark.parametrize("addressee", [Role.AGENCY_HEAD, Role.REGIONAL_SECRETARY])
def test_of_several_roles_the_one_that_may_serves(roles, addressee):
    letter = lettered(addressee=addressee)
    office = with_head(roles)
    Given(letter, office=office).when(to(ANALYST), by=HEAD).leaves(assignee=ANALYST)
    reopened = (letter, disposed(), approved(), delivered())
    Given(*reopened, office=office).when(REOPEN, by=HEAD).leaves(stage=Stage.DISPOSED)


def test_the_role_that_was_said_is_the_only_one_that_counts():
    given = Given(lettered(), office=with_head(HEADS))
    given.when(to(ANALYST), by=HEAD, role=Role.REGIONAL_SECRETARY).then_refused(
        errors.NotDisposedToYouError
    )


def test_who_heads_two_tiers_gives_what_either_may_give():
    # As head of the subdivision alone he could not give it to that subdivision's head.
    twice = (Role.SUBDIVISION_HEAD, Role.DIVISION_HEAD)
    office = with_roles(DOUBLE, twice)
    Given(lettered(), disposed(to=DOUBLE), office=office).when(
        to(SUBDIVISION_HEAD), by=DOUBLE
    ).leaves(assignee=SUBDIVISION_HEAD)


@pytest.mark.parametrize("official", [NOBODY, RETIRED])
def test_a_disposition_names_officials_in_office(official):
    with_other = commands.Dispose(to=ANALYST, others=(official,))
    for command in (to(official), with_other):
        Given(lettered()).when(command, by=HEAD).then_refused(
            errors.UnknownOfficialError, official=official
        )


@pytest.mark.parametrize("official", [CLERK, SEKDA])
def test_who_can_neither_draft_nor_deliver_is_given_no_case(official):
    Given(lettered()).when(to(official), by=HEAD).then_refused(
        errors.NotAssignableError, official=official
    )


@pytest.mark.parametrize(
    ("history", "stage"),
    [
        ((drafted(),), Stage.DRAFTED),
        ((drafted(), initialled()), Stage.IN_REVIEW),
        ((drafted(), returned()), Stage.RETURNED),
    ],
)
def test_a_draft_stays_where_it_is_when_the_case_gets_a_new_lead(history, stage):
    given = Given(lettered(), disposed(), *history)
    assert given.case is not None
    given.when(to(OTHER_ANALYST), by=HEAD).leaves(
        stage=stage, assignee=OTHER_ANALYST, draft=given.case.draft
    )


def test_a_visitor_is_directed_and_not_assigned_in_writing():
    Given(visited()).when(to(ANALYST), by=HEAD).then_refused(
        errors.WrongChannelError,
        channel=Channel.FACE_TO_FACE,
        allowed=(Channel.LETTER, Channel.SP4N_LAPOR),
    )


@pytest.mark.parametrize("histories", [LETTERS, REPORTS], ids=["letter", "report"])
def test_after_the_final_approval_and_before_completion_nothing_is_assigned(histories):
    for stage in outside(histories, *REDISPOSABLE):
        Given(*histories[stage]).when(to(OTHER_ANALYST), by=HEAD).then_refused(
            errors.WrongStageError, stage=stage, allowed=REDISPOSABLE
        )


def test_an_official_without_a_rank_assigns_nobody():
    Given(lettered()).when(to(ANALYST), by=CLERK).then_refused(
        errors.NotDisposedToYouError
    )


def test_the_head_may_keep_a_letter_and_answer_it_himself():
    Given(lettered()).when(to(HEAD), by=HEAD).then(
        events.Disposed(to=HEAD, by=HEAD)
    ).leaves(stage=Stage.DISPOSED, assignee=HEAD)


def test_below_the_head_nobody_passes_a_case_to_himself():
    Given(lettered(), disposed(to=DIVISION_HEAD)).when(
        to(DIVISION_HEAD), by=DIVISION_HEAD
    ).then_refused(errors.NotSubordinateError, official=DIVISION_HEAD)
