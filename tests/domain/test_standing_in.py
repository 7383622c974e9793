"""Who was appointed to act for an absent official signs on his days (Plh., Plt.)."""

from datetime import date

import pytest
from msgspec.structs import replace

from domain import commands, errors, events
from domain.office import Office
from domain.stand_ins import StandIn
from domain.values import ApprovalKind, Capacity, Outcome, Role, Stage
from tests.domain.offices import (
    BIRO,
    BPPD,
    DIVISION_HEAD,
    HEAD,
    OFFICES,
    OTHER_DIVISION_HEAD,
    SECRETARY,
    SEKDA,
    SUBDIVISION_HEAD,
)
from tests.domain.past import disposed, drafted, initialled
from tests.domain.receipts import lettered
from tests.domain.scenarios import Given, wita

FIRST = date(2026, 2, 16)
LAST = date(2026, 2, 20)
BEFORE = wita("2026-02-15 23:59")
ON_THE_FIRST = wita("2026-02-16 00:00")
ON_THE_LAST = wita("2026-02-20 23:59")
AFTER = wita("2026-02-21 00:00")
READY = (lettered(), disposed(), drafted(), initialled(1), initialled(2))
PLH = Capacity.DAILY_ACTING


def appointed(
    official: str,
    acting_for: str = HEAD,
    capacity: Capacity = PLH,
    last: date | None = LAST,
    agency: str = BPPD,
) -> StandIn:
    return StandIn(
        agency=agency,
        official=official,
        acting_for=acting_for,
        capacity=capacity,
        first=FIRST,
        last=last,
        decree="SP 800/12/2026",
    )


def office(*stand_ins: StandIn, agency: str = BPPD) -> Office:
    known = OFFICES[agency]
    return replace(known, directory=replace(known.directory, stand_ins=stand_ins))


def signs_for(official: str, capacity: Capacity = PLH) -> commands.Approve:
    return commands.Approve(draft=1, capacity=capacity, acting_for=official)


@pytest.mark.parametrize("at", [ON_THE_FIRST, ON_THE_LAST])
def test_a_head_is_away_and_the_plh_signs_on_the_days_of_his_appointment(at):
    given = Given(*READY, office=office(appointed(SECRETARY)))
    given.when(signs_for(HEAD), by=SECRETARY, at=at).then(
        events.Approved(
            draft=1,
            tier=3,
            role=Role.AGENCY_HEAD,
            kind=ApprovalKind.SIGNATURE,
            capacity=PLH,
            acting_for=HEAD,
            final=True,
            outcome=Outcome.GRANTED,
        )
    )


@pytest.mark.parametrize("at", [BEFORE, AFTER])
@pytest.mark.parametrize("capacity", [PLH, Capacity.ACTING])
def test_the_plh_signs_neither_before_nor_after_his_days(at, capacity):
    given = Given(*READY, office=office(appointed(SECRETARY)))
    given.when(signs_for(HEAD, capacity), by=SECRETARY, at=at).then_refused(
        errors.NotTheStandInError, official=HEAD, capacity=capacity, day=at.date()
    )


def test_while_somebody_is_appointed_nobody_else_signs_for_the_head():
    given = Given(*READY, office=office(appointed(SECRETARY)))
    given.when(signs_for(HEAD), by=DIVISION_HEAD, at=ON_THE_LAST).then_refused(
        errors.NotTheStandInError, official=HEAD, capacity=PLH, day=LAST
    )


@pytest.mark.parametrize(
    "capacity", [Capacity.ACTING, Capacity.INTERIM, Capacity.ON_BEHALF]
)
def test_who_is_appointed_signs_in_no_other_capacity(capacity):
    given = Given(*READY, office=office(appointed(SECRETARY)))
    given.when(signs_for(HEAD, capacity), by=SECRETARY, at=ON_THE_LAST).then_refused(
        errors.NotTheStandInError, official=HEAD, capacity=capacity, day=LAST
    )


def test_outside_all_appointments_the_house_rule_says_who_may_stand_in():
    given = Given(*READY, office=office(appointed(SECRETARY)))
    given.when(signs_for(HEAD), by=DIVISION_HEAD, at=AFTER).leaves(stage=Stage.APPROVED)


def test_a_decree_may_name_the_superior_of_another_unit():
    given = Given(*READY, office=office(appointed(OTHER_DIVISION_HEAD)))
    given.when(signs_for(HEAD), by=OTHER_DIVISION_HEAD, at=ON_THE_LAST).leaves(
        stage=Stage.APPROVED
    )


def test_a_plt_signs_until_somebody_ends_it():
    plt = appointed(SECRETARY, capacity=Capacity.ACTING, last=None)
    given = Given(*READY, office=office(plt))
    given.when(
        signs_for(HEAD, Capacity.ACTING), by=SECRETARY, at=wita("2026-11-02 09:00")
    ).leaves(stage=Stage.APPROVED)


def test_a_plt_acts_for_a_head_who_has_left_and_nobody_else_does():
    plt = appointed(SECRETARY, capacity=Capacity.ACTING, last=None)
    known = office(plt)
    everybody = dict(known.directory.officials)
    everybody[HEAD, BPPD] = replace(everybody[HEAD, BPPD], disabled=True)
    vacant = replace(known, directory=replace(known.directory, officials=everybody))
    given = Given(*READY, office=vacant)
    acting = signs_for(HEAD, Capacity.ACTING)
    given.when(acting, by=SECRETARY, at=ON_THE_LAST).leaves(stage=Stage.APPROVED)
    given.when(acting, by=SECRETARY, at=BEFORE).then_refused(
        errors.UnknownOfficialError, official=HEAD
    )


def test_two_who_share_an_absence_sign_on_their_own_days():
    later = replace(appointed(DIVISION_HEAD), first=date(2026, 2, 21), last=None)
    given = Given(*READY, office=office(appointed(SECRETARY), later))
    given.when(signs_for(HEAD), by=DIVISION_HEAD, at=AFTER).leaves(stage=Stage.APPROVED)
    given.when(signs_for(HEAD), by=SECRETARY, at=AFTER).then_refused(
        errors.NotTheStandInError, official=HEAD, capacity=PLH, day=date(2026, 2, 21)
    )


def test_a_stand_in_takes_the_tier_of_him_for_whom_he_acts_and_no_other():
    history = (lettered(), disposed(), drafted())
    given = Given(*history, office=office(appointed(SECRETARY)))
    given.when(signs_for(HEAD), by=SECRETARY, at=ON_THE_LAST).then_refused(
        errors.NotTheNextTierError, tier=1, capacity=PLH
    )


def test_an_appointment_below_the_head_holds_for_that_tier():
    history = (lettered(), disposed(), drafted())
    plh = appointed(OTHER_DIVISION_HEAD, acting_for=SUBDIVISION_HEAD)
    given = Given(*history, office=office(plh))
    given.when(
        signs_for(SUBDIVISION_HEAD), by=OTHER_DIVISION_HEAD, at=ON_THE_LAST
    ).leaves(stage=Stage.IN_REVIEW)
    given.when(
        signs_for(SUBDIVISION_HEAD), by=DIVISION_HEAD, at=ON_THE_LAST
    ).then_refused(
        errors.NotTheStandInError, official=SUBDIVISION_HEAD, capacity=PLH, day=LAST
    )


def test_nobody_signs_what_he_wrote_though_he_is_appointed():
    written = drafted(by=DIVISION_HEAD, tiers=((Role.AGENCY_HEAD,),), unit="batas")
    given = Given(
        *(lettered(), disposed(to=DIVISION_HEAD), written),
        office=office(appointed(DIVISION_HEAD)),
    )
    given.when(signs_for(HEAD), by=DIVISION_HEAD, at=ON_THE_LAST).then_refused(
        errors.ApproverIsDrafterError
    )


def test_the_head_signs_for_himself_whoever_is_appointed():
    given = Given(*READY, office=office(appointed(SECRETARY)))
    own = commands.Approve(draft=1)
    given.when(own, by=HEAD, at=ON_THE_LAST).leaves(stage=Stage.APPROVED)


def test_the_head_signs_on_behalf_of_the_secretary_for_whom_another_acts():
    plh = appointed(DIVISION_HEAD, acting_for=SEKDA, agency=BIRO)
    letter = lettered(agency=BIRO, addressee=Role.REGIONAL_SECRETARY)
    given = Given(letter, *READY[1:], office=office(plh, agency=BIRO))
    given.when(signs_for(SEKDA, Capacity.ON_BEHALF), by=HEAD, at=ON_THE_LAST).leaves(
        stage=Stage.APPROVED
    )


def test_an_appointment_in_another_agency_is_none_here():
    plh = appointed(SECRETARY, agency=BIRO)
    given = Given(*READY, office=office(plh))
    given.when(signs_for(HEAD), by=DIVISION_HEAD, at=ON_THE_LAST).leaves(
        stage=Stage.APPROVED
    )
