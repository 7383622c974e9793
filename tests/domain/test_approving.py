"""Tier after tier puts initials to a draft, and the last one signs (berjenjang)."""

import pytest
from msgspec.structs import replace

from domain import commands, errors, events
from domain.approving import REVIEWABLE
from domain.office import Directory
from domain.values import (
    ApprovalKind,
    Capacity,
    Outcome,
    Role,
    Stage,
)
from tests.domain.offices import (
    ANALYST,
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
    PPID,
    RETIRED,
    SECRETARY,
    SUBDIVISION_HEAD,
)
from tests.domain.past import (
    disposed,
    drafted,
    initialled,
    returned,
    reviewed,
)
from tests.domain.receipts import lettered, reported
from tests.domain.scenarios import Given
from tests.domain.stages import LETTERS, REPORTS, outside
from tests.domain.words import (
    CHAIN,
    granted,
)

APPROVE = commands.Approve(draft=1)
LETTER = (lettered(), disposed(), drafted())
READY = (*LETTER, initialled(1), initialled(2))


def in_stead_of(official: str, capacity: Capacity = Capacity.DAILY_ACTING):
    return commands.Approve(draft=1, capacity=capacity, acting_for=official)


def test_the_first_tier_puts_initials():
    Given(*LETTER).when(APPROVE, by=SUBDIVISION_HEAD).then(
        events.Approved(
            draft=1, tier=1, role=Role.SUBDIVISION_HEAD, kind=ApprovalKind.INITIAL
        )
    ).leaves(stage=Stage.IN_REVIEW, outcome=None, answers=())


@pytest.mark.parametrize(
    ("by", "role"),
    [(DIVISION_HEAD, Role.DIVISION_HEAD), (SECRETARY, Role.AGENCY_SECRETARY)],
)
def test_either_role_of_a_tier_initials_for_it(by, role):
    Given(*LETTER, initialled()).when(APPROVE, by=by).then(
        events.Approved(draft=1, tier=2, role=role, kind=ApprovalKind.INITIAL)
    ).leaves(stage=Stage.IN_REVIEW)


def test_the_last_tier_signs_a_letter():
    Given(*READY).when(APPROVE, by=HEAD).then(
        events.Approved(
            draft=1,
            tier=3,
            role=Role.AGENCY_HEAD,
            kind=ApprovalKind.SIGNATURE,
            final=True,
            outcome=Outcome.GRANTED,
        )
    ).leaves(stage=Stage.APPROVED, outcome=Outcome.GRANTED, answers=(granted(),))


def test_the_last_tier_approves_a_report_without_signing():
    history = (reported(), reviewed(), disposed(), drafted())
    then = Given(*history, initialled(1), initialled(2)).when(APPROVE, by=HEAD)
    (fact,) = then.facts
    assert isinstance(fact.event, events.Approved)
    assert fact.event.kind is ApprovalKind.APPROVAL
    assert fact.event.final


@pytest.mark.parametrize(
    ("history", "by", "tier"),
    [
        (LETTER, DIVISION_HEAD, 1),
        (LETTER, HEAD, 1),
        ((*LETTER, initialled()), HEAD, 2),
        ((*LETTER, initialled()), OTHER_SUBDIVISION_HEAD, 2),
        (READY, SECRETARY, 3),
    ],
)
def test_no_tier_is_skipped_and_none_comes_twice(history, by, tier):
    Given(*history).when(APPROVE, by=by).then_refused(
        errors.NotTheNextTierError, tier=tier, capacity=Capacity.OWN
    )


@pytest.mark.parametrize(
    ("history", "by", "tier"),
    [
        (LETTER, OTHER_SUBDIVISION_HEAD, 1),
        ((*LETTER, initialled()), OTHER_DIVISION_HEAD, 2),
    ],
)
def test_another_unit_s_superior_is_no_tier_of_this_draft(history, by, tier):
    Given(*history).when(APPROVE, by=by).then_refused(
        errors.NotTheNextTierError, tier=tier, capacity=Capacity.OWN
    )


@pytest.mark.parametrize("drafter", [SUBDIVISION_HEAD, DIVISION_HEAD])
def test_nobody_approves_what_he_wrote(drafter):
    tiers = CHAIN[1:] if drafter == SUBDIVISION_HEAD else CHAIN[2:]
    written = drafted(by=drafter, tiers=tiers)
    given = Given(lettered(), disposed(to=drafter), written)
    given.when(APPROVE, by=drafter).then_refused(errors.ApproverIsDrafterError)


def test_nobody_signs_what_he_wrote_in_the_absent_signer_s_stead():
    written = drafted(by=DIVISION_HEAD, tiers=CHAIN[2:])
    given = Given(lettered(), disposed(to=DIVISION_HEAD), written)
    given.when(in_stead_of(HEAD), by=DIVISION_HEAD).then_refused(
        errors.ApproverIsDrafterError
    )


def test_the_signer_s_own_draft_needs_only_his_signature():
    written = drafted(by=HEAD, tiers=CHAIN[2:], unit=None)
    Given(lettered(), disposed(to=HEAD), written).when(APPROVE, by=HEAD).leaves(
        stage=Stage.APPROVED
    )


def test_in_his_own_name_one_person_approves_a_draft_once():
    given = Given(*LETTER, initialled(by=DOUBLE))
    given.when(APPROVE, by=DOUBLE).then_refused(errors.AlreadyApprovedError)


def test_who_initialled_his_own_tier_may_sign_for_the_absent_head():
    Given(*READY).when(in_stead_of(HEAD), by=DIVISION_HEAD).then(
        events.Approved(
            draft=1,
            tier=3,
            role=Role.AGENCY_HEAD,
            kind=ApprovalKind.SIGNATURE,
            capacity=Capacity.DAILY_ACTING,
            acting_for=HEAD,
            final=True,
            outcome=Outcome.GRANTED,
        )
    )


def test_who_initialled_for_an_absent_official_still_initials_his_own_tier():
    acting = events.Approved(
        draft=1,
        tier=1,
        role=Role.SUBDIVISION_HEAD,
        kind=ApprovalKind.INITIAL,
        capacity=Capacity.ACTING,
        acting_for=SUBDIVISION_HEAD,
    )
    history = (*LETTER, replace(initialled(by=DIVISION_HEAD), event=acting))
    Given(*history).when(APPROVE, by=DIVISION_HEAD).leaves(stage=Stage.IN_REVIEW)


@pytest.mark.parametrize(
    "capacity", [Capacity.ACTING, Capacity.DAILY_ACTING, Capacity.INTERIM]
)
def test_the_absent_official_s_tier_is_the_one_that_is_next(capacity):
    command = in_stead_of(HEAD, capacity)
    Given(*LETTER).when(command, by=SECRETARY).then_refused(
        errors.NotTheNextTierError, tier=1, capacity=capacity
    )


@pytest.mark.parametrize(
    "deputy",
    [OTHER_DIVISION_HEAD, OTHER_SUBDIVISION_HEAD, OTHER_ANALYST, CLERK, PPID],
)
def test_neither_another_unit_s_superior_nor_a_desk_stands_in_for_the_head(deputy):
    Given(*READY).when(in_stead_of(HEAD), by=deputy).then_refused(
        errors.NotTheNextTierError, tier=3, capacity=Capacity.DAILY_ACTING
    )


@pytest.mark.parametrize("deputy", [SUBDIVISION_HEAD, ANALYST])
def test_nobody_stands_in_to_approve_what_his_own_superior_wrote(deputy):
    written = drafted(by=DIVISION_HEAD, tiers=CHAIN[2:], unit="batas")
    given = Given(lettered(), disposed(to=DIVISION_HEAD), written)
    given.when(in_stead_of(HEAD), by=deputy).then_refused(
        errors.NotTheNextTierError, tier=1, capacity=Capacity.DAILY_ACTING
    )


@pytest.mark.parametrize("deputy", [HEAD, SECRETARY, DIVISION_HEAD])
def test_a_superior_stands_in_for_an_absent_one_below_him(deputy):
    Given(*LETTER).when(in_stead_of(SUBDIVISION_HEAD), by=deputy).then(
        events.Approved(
            draft=1,
            tier=1,
            role=Role.SUBDIVISION_HEAD,
            kind=ApprovalKind.INITIAL,
            capacity=Capacity.DAILY_ACTING,
            acting_for=SUBDIVISION_HEAD,
        )
    )


def test_a_colleague_of_the_drafter_s_rank_may_stand_in():
    written = drafted(by=DIVISION_HEAD, tiers=CHAIN[2:], unit="batas")
    given = Given(lettered(), disposed(to=DIVISION_HEAD), written)
    given.when(in_stead_of(HEAD), by=SECRETARY).leaves(stage=Stage.APPROVED)


def test_the_head_of_the_agency_stands_in_wherever_he_sits():
    bppd = OFFICES[BPPD]
    known = dict(bppd.directory.officials)
    known[HEAD, BPPD] = replace(known[HEAD, BPPD], unit="pimpinan")
    office = replace(bppd, directory=Directory(officials=known))
    given = Given(*LETTER, office=office)
    given.when(in_stead_of(SUBDIVISION_HEAD), by=HEAD).leaves(stage=Stage.IN_REVIEW)


@pytest.mark.parametrize("official", [NOBODY, RETIRED])
def test_one_acts_for_an_official_of_the_agency(official):
    Given(*LETTER).when(in_stead_of(official), by=DIVISION_HEAD).then_refused(
        errors.UnknownOfficialError, official=official
    )


@pytest.mark.parametrize(
    "command",
    [
        commands.Approve(draft=1, capacity=Capacity.ACTING),
        commands.Approve(draft=1, acting_for=SUBDIVISION_HEAD),
    ],
    ids=["acting-for-nobody", "own-for-another"],
)
def test_a_capacity_says_whose_tier_it_is(command):
    Given(*LETTER).when(command, by=SUBDIVISION_HEAD).then_refused(
        errors.NotTheNextTierError, tier=1, capacity=command.capacity
    )


def test_nobody_stands_in_for_himself():
    given = Given(*LETTER, initialled(by=DOUBLE))
    given.when(in_stead_of(DOUBLE), by=DOUBLE).then_refused(
        errors.NotTheNextTierError, tier=2, capacity=Capacity.DAILY_ACTING
    )


def test_a_newer_version_has_made_the_draft_stale():
    given = Given(lettered(), disposed(), drafted(), drafted(n=2))
    given.when(APPROVE, by=SUBDIVISION_HEAD).then_refused(
        errors.StaleDraftError, draft=1, current=2
    )


def test_a_version_that_nobody_wrote_is_not_approved():
    Given(*LETTER).when(commands.Approve(draft=2), by=SUBDIVISION_HEAD).then_refused(
        errors.StaleDraftError, draft=2, current=1
    )


def test_after_a_correction_every_tier_approves_anew():
    history = (*LETTER, initialled(), returned(tier=2), drafted(n=2))
    given = Given(*history)
    again = commands.Approve(draft=2)
    given.when(again, by=DIVISION_HEAD).then_refused(
        errors.NotTheNextTierError, tier=1, capacity=Capacity.OWN
    )
    given.when(again, by=SUBDIVISION_HEAD).leaves(stage=Stage.IN_REVIEW)


@pytest.mark.parametrize("histories", [LETTERS, REPORTS], ids=["letter", "report"])
def test_only_a_draft_under_review_is_approved(histories):
    for stage in outside(histories, *REVIEWABLE):
        Given(*histories[stage]).when(APPROVE, by=HEAD).then_refused(
            errors.WrongStageError, stage=stage, allowed=REVIEWABLE
        )
