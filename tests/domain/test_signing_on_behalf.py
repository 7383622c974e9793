"""A Biro letter addressed to the Regional Secretary is signed on his behalf (a.n.)."""

import pytest

from domain import commands, errors
from domain.values import Capacity, Role, Stage
from tests.domain.offices import BIRO, DIVISION_HEAD, HEAD, SEKDA, SUBDIVISION_HEAD
from tests.domain.past import disposed, drafted, initialled
from tests.domain.receipts import lettered
from tests.domain.scenarios import Given, Happened

TIERS = ((Role.SUBDIVISION_HEAD,), (Role.DIVISION_HEAD,), (Role.AGENCY_HEAD,))
OWN = commands.Approve(draft=1)


def on_behalf_of(official: str) -> commands.Approve:
    return commands.Approve(draft=1, capacity=Capacity.ON_BEHALF, acting_for=official)


def ready(addressee: Role = Role.REGIONAL_SECRETARY) -> tuple[Happened, ...]:
    return (
        lettered(agency=BIRO, addressee=addressee),
        disposed(),
        drafted(tiers=TIERS),
        initialled(1),
        initialled(2),
    )


def test_the_head_signs_on_behalf_of_the_regional_secretary():
    Given(*ready()).when(on_behalf_of(SEKDA), by=HEAD).leaves(stage=Stage.APPROVED)


def test_the_head_does_not_sign_such_a_letter_in_his_own_name():
    Given(*ready()).when(OWN, by=HEAD).then_refused(
        errors.NotTheNextTierError, tier=3, capacity=Capacity.OWN
    )


def test_the_head_does_not_get_round_it_by_standing_in_for_himself():
    command = commands.Approve(draft=1, capacity=Capacity.ACTING, acting_for=HEAD)
    Given(*ready()).when(command, by=HEAD).then_refused(
        errors.NotTheNextTierError, tier=3, capacity=Capacity.ACTING
    )


def test_a_letter_to_the_head_himself_is_signed_in_his_own_name():
    Given(*ready(Role.AGENCY_HEAD)).when(OWN, by=HEAD).leaves(stage=Stage.APPROVED)


def test_nobody_below_the_head_signs_on_behalf_of_the_regional_secretary():
    Given(*ready()).when(on_behalf_of(SEKDA), by=DIVISION_HEAD).then_refused(
        errors.NotTheNextTierError, tier=3, capacity=Capacity.ON_BEHALF
    )


@pytest.mark.parametrize("official", [HEAD, DIVISION_HEAD])
def test_on_behalf_means_on_the_regional_secretary_s(official):
    Given(*ready()).when(on_behalf_of(official), by=HEAD).then_refused(
        errors.NotTheNextTierError, tier=3, capacity=Capacity.ON_BEHALF
    )


def test_the_tiers_below_initial_in_their_own_names():
    given = Given(*ready()[:3])
    given.when(OWN, by=SUBDIVISION_HEAD).leaves(stage=Stage.IN_REVIEW)
    given.when(on_behalf_of(SEKDA), by=SUBDIVISION_HEAD).then_refused(
        errors.NotTheNextTierError, tier=1, capacity=Capacity.ON_BEHALF
    )


def test_the_daily_acting_head_signs_for_the_absent_head():
    command = commands.Approve(draft=1, capacity=Capacity.DAILY_ACTING, acting_for=HEAD)
    Given(*ready()).when(command, by=DIVISION_HEAD).leaves(stage=Stage.APPROVED)


def test_the_head_s_own_draft_needs_only_his_signature_on_behalf():
    letter = lettered(agency=BIRO, addressee=Role.REGIONAL_SECRETARY)
    written = drafted(by=HEAD, tiers=TIERS[2:], unit=None)
    given = Given(letter, disposed(to=HEAD, by=SEKDA), written)
    given.when(on_behalf_of(SEKDA), by=HEAD).leaves(stage=Stage.APPROVED)
