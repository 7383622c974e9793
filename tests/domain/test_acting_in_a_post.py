"""Who is appointed to act for an absent official does what that one does, on his days.

What is signed in another's stead stands in test_standing_in.py.
"""

from datetime import date

import pytest
from msgspec.structs import replace

from domain import commands, complaining, errors, events
from domain.complaint import Complaint
from domain.office import Act
from domain.open_acts import Turn, open_to
from domain.standing_in import decided_in_first, posts
from domain.units import UnitChange
from domain.values import (
    Capacity,
    ComplaintChannel,
    ComplaintClass,
    ComplaintStage,
    CorrectableFact,
    DraftKind,
    Role,
    Stage,
)
from tests.domain.offices import (
    ANALYST,
    BPPD,
    DIVISION_HEAD,
    HEAD,
    OTHER_ANALYST,
    OTHER_DIVISION_HEAD,
    SECRETARY,
    SEKDA,
    SUBDIVISION_HEAD,
)
from tests.domain.past import (
    approved,
    closed,
    delivered,
    disposed,
    drafted,
    initialled,
)
from tests.domain.receipts import lettered, visited
from tests.domain.scenarios import Given, in_posts, wita
from tests.domain.test_standing_in import AFTER, BEFORE, ON_THE_LAST, appointed, office
from tests.domain.words import CASE, TIERS, granted

ON = wita("2026-02-16 09:00")
PLH = office(appointed(OTHER_DIVISION_HEAD))
"""Another division's head acts for the agency's, from the 16th to the 20th."""
GIVEN_OUT = (lettered(), disposed())
HEAD_IS_NEXT = (*GIVEN_OUT, drafted(), initialled(1), initialled(2))
ENDED = (*GIVEN_OUT, approved(), delivered(), closed())
RESTING = commands.Pause(ground="banjir", first=date(2026, 2, 17))
BACK = commands.ReturnForCorrection(draft=1, notes="perbaiki")
ONLY_A_HEAD = (
    (
        (lettered(),),
        commands.Dispose(to=DIVISION_HEAD),
        errors.NotDisposedToYouError,
    ),
    (GIVEN_OUT, commands.Dispose(to=ANALYST), errors.NotDisposedToYouError),
    (HEAD_IS_NEXT, BACK, errors.NotTheNextTierError),
    (
        GIVEN_OUT,
        commands.Extend(working_days=7, reason="luas", notice_sent_at=ON),
        errors.NotAddressedToYouError,
    ),
    (GIVEN_OUT, RESTING, errors.NotAddressedToYouError),
    (
        GIVEN_OUT,
        commands.Transfer(notice="-", case=CASE, holder="BPS"),
        errors.NotAddressedToYouError,
    ),
    (ENDED, commands.Reopen(reason="keberatan"), errors.NotAddressedToYouError),
    (
        GIVEN_OUT,
        commands.CorrectFact(
            version=2,
            fact=CorrectableFact.OCCURRED_AT,
            value="2026-02-10T09:05:30+08:00",
            reason="salah salin",
        ),
        errors.NotAddressedToYouError,
    ),
)
every_act_of_a_head = pytest.mark.parametrize(
    ("happened", "command", "refusal"),
    ONLY_A_HEAD,
    ids=[type(command).__name__ for _, command, _ in ONLY_A_HEAD],
)


@every_act_of_a_head
@pytest.mark.parametrize("at", [ON, ON_THE_LAST])
def test_the_plh_does_what_only_the_head_does(happened, command, refusal, at):
    done = Given(*happened, office=PLH).when(command, by=OTHER_DIVISION_HEAD, at=at)

    assert done.refusal is None
    assert done.act.acting_for is not None
    assert (done.act.acting_for.id, done.act.role) == (HEAD, Role.AGENCY_HEAD)


@every_act_of_a_head
@pytest.mark.parametrize("at", [BEFORE, AFTER])
def test_the_plh_does_nothing_of_it_before_or_after(happened, command, refusal, at):
    given = Given(*happened, office=PLH)
    done = given.when(command, by=OTHER_DIVISION_HEAD, at=at)
    assert type(done.refusal) is refusal


@every_act_of_a_head
def test_whoever_was_not_appointed_does_nothing_of_it(happened, command, refusal):
    for somebody_else in (SUBDIVISION_HEAD, DIVISION_HEAD):
        done = Given(*happened, office=PLH).when(command, by=somebody_else, at=ON)
        assert type(done.refusal) is refusal


@every_act_of_a_head
def test_the_head_may_still_do_it_himself(happened, command, refusal):
    done = Given(*happened, office=PLH).when(command, by=HEAD, at=ON)
    assert done.refusal is None
    assert done.act.acting_for is None


def test_a_disposition_in_the_heads_stead_says_who_wrote_it():
    given = Given(lettered(), office=PLH)
    given.when(commands.Dispose(to=ANALYST), by=OTHER_DIVISION_HEAD, at=ON).then(
        events.Disposed(
            to=ANALYST, by=OTHER_DIVISION_HEAD, oral=False, unit="batas/lintas"
        )
    )


def test_in_ones_own_name_only_ones_own_roles_sign():
    given = Given(*HEAD_IS_NEXT, office=PLH)
    own = commands.Approve(draft=1)
    given.when(own, by=OTHER_DIVISION_HEAD, at=ON).then_refused(
        errors.NotTheNextTierError, tier=3, capacity=Capacity.OWN
    )


def test_what_is_his_own_to_do_he_does_in_his_own_post():
    given = Given(
        lettered(),
        disposed(to=SUBDIVISION_HEAD),
        office=office(appointed(SUBDIVISION_HEAD)),
    )
    down = given.when(commands.Dispose(to=ANALYST), by=SUBDIVISION_HEAD, at=ON)
    aside = given.when(commands.Dispose(to=OTHER_ANALYST), by=SUBDIVISION_HEAD, at=ON)

    assert down.act.acting_for is None
    assert aside.act.acting_for is not None


def test_what_was_given_to_the_absent_one_is_passed_on_in_his_stead():
    given = Given(
        lettered(),
        disposed(to=DIVISION_HEAD),
        office=office(appointed(OTHER_DIVISION_HEAD, acting_for=DIVISION_HEAD)),
    )
    on = commands.Dispose(to=ANALYST)
    given.when(on, by=OTHER_DIVISION_HEAD, at=ON).leaves(assignee=ANALYST)
    given.when(on, by=OTHER_DIVISION_HEAD, at=AFTER).then_refused(
        errors.NotDisposedToYouError
    )
    # The absent one's post reaches no further than his own unit.
    given.when(
        commands.Dispose(to=OTHER_ANALYST), by=OTHER_DIVISION_HEAD, at=ON
    ).then_refused(errors.NotSubordinateError, official=OTHER_ANALYST)


def test_a_draft_in_the_stead_of_its_assignee_climbs_from_that_ones_unit():
    given = Given(
        lettered(),
        disposed(to=ANALYST),
        office=office(appointed(OTHER_ANALYST, acting_for=ANALYST)),
    )
    draft = commands.Draft(kind=DraftKind.ANSWER, items=(granted(),), text="4" * 64)
    done = given.when(draft, by=OTHER_ANALYST, at=ON)

    written = done.case.draft
    assert written is not None
    assert (written.by, written.unit) == (OTHER_ANALYST, "batas/lintas")
    assert written.tiers == (*TIERS, (Role.AGENCY_HEAD,))
    given.when(draft, by=OTHER_ANALYST, at=AFTER).then_refused(
        errors.NotTheAssignedOfficialError
    )


def test_nobody_sends_his_own_draft_back_in_the_heads_stead():
    written = drafted(
        by=OTHER_DIVISION_HEAD, tiers=((Role.AGENCY_HEAD,),), unit="potensi"
    )
    given = Given(lettered(), disposed(to=OTHER_DIVISION_HEAD), written, office=PLH)
    given.when(BACK, by=OTHER_DIVISION_HEAD, at=ON).then_refused(
        errors.ApproverIsDrafterError
    )


def test_a_plt_gives_the_direction_of_a_head_who_has_left():
    plt = appointed(SECRETARY, capacity=Capacity.ACTING, last=None)
    known = office(plt)
    everybody = dict(known.directory.officials)
    everybody[HEAD, BPPD] = replace(everybody[HEAD, BPPD], disabled=True)
    vacant = replace(known, directory=replace(known.directory, officials=everybody))
    Given(lettered(), office=vacant).when(
        commands.Dispose(to=ANALYST), by=SECRETARY, at=AFTER
    ).leaves(stage=Stage.DISPOSED)


def test_at_the_counter_the_plh_may_be_named_as_who_directs():
    only_heads = replace(PLH.standard, directing_roles=(Role.AGENCY_HEAD,))
    given = Given(visited(), office=replace(PLH, standard=only_heads))
    direct = commands.GiveDirection(to=ANALYST, directed_by=OTHER_DIVISION_HEAD)
    given.when(direct, by="penerima-tamu", at=ON).leaves(assignee=ANALYST)
    given.when(direct, by="penerima-tamu", at=AFTER).then_refused(
        errors.MayNotDirectError, official=OTHER_DIVISION_HEAD
    )


def test_the_plh_of_the_regional_secretary_acts_on_his_letters_alone():
    plh = office(appointed(DIVISION_HEAD, acting_for=SEKDA))
    dispose = commands.Dispose(to=HEAD)
    to_him = Given(lettered(addressee=Role.REGIONAL_SECRETARY), office=plh)
    to_him.when(dispose, by=DIVISION_HEAD, at=ON).leaves(assignee=HEAD)
    Given(lettered(), office=plh).when(dispose, by=DIVISION_HEAD, at=ON).then_refused(
        errors.NotDisposedToYouError
    )


def test_a_role_that_was_said_serves_in_the_post_where_it_is_held():
    given = Given(lettered(), office=PLH)
    dispose = commands.Dispose(to=ANALYST)
    as_head = given.when(dispose, by=OTHER_DIVISION_HEAD, at=ON, role=Role.AGENCY_HEAD)
    as_himself = given.when(
        dispose, by=OTHER_DIVISION_HEAD, at=ON, role=Role.DIVISION_HEAD
    )

    assert as_head.act.acting_for is not None
    assert type(as_himself.refusal) is errors.NotDisposedToYouError


def test_the_unit_of_the_absent_one_is_that_of_the_day():
    renamed = UnitChange(
        agency=BPPD,
        old="batas",
        new="perbatasan",
        effective_on=date(2026, 2, 11),
        decree="Pergub 7/2026",
    )
    known = office(appointed(OTHER_DIVISION_HEAD, acting_for=DIVISION_HEAD))
    then = replace(known, directory=replace(known.directory, unit_changes=(renamed,)))
    given = Given(lettered(), disposed(), drafted(), initialled(1), office=then)
    given.when(BACK, by=OTHER_DIVISION_HEAD, at=ON).leaves(stage=Stage.RETURNED)


def test_a_complaint_about_the_absent_one_is_not_handled_in_his_stead():
    opened = complaining.opened(
        commands.Complain(
            complaint=CASE,
            channel=ComplaintChannel.IN_PERSON,
            category="layanan",
            anonymous=False,
            confidential=False,
            words="2" * 64,
            person=CASE,
            about=HEAD,
        ),
        Act(PLH.directory.officials[SEKDA, BPPD], Role.REGIONAL_SECRETARY, ON, ON),
        PLH,
    )
    complaint = Complaint(
        agency=BPPD, stage=ComplaintStage.OPENED, last_at=ON, opened=opened, clocks=()
    )
    official = PLH.directory.officials[OTHER_DIVISION_HEAD, BPPD]
    classify = commands.ClassifyComplaint(classified=ComplaintClass.SUPERVISORY)
    own = Act(official, Role.DIVISION_HEAD, ON, ON)
    *_, in_stead = in_posts(own, classify, PLH)
    assert in_stead.acting_for is not None
    with pytest.raises(errors.ComplainedOfError):
        complaining.decide(complaint, classify, in_stead, PLH)


def test_a_refusal_that_no_post_changes_is_told_at_once():
    given = Given(*ENDED, office=PLH)
    given.when(
        commands.Dispose(to=ANALYST), by=OTHER_DIVISION_HEAD, at=ON
    ).then_refused(
        errors.WrongStageError,
        stage=Stage.CLOSED,
        allowed=("received", "disposed", "drafted", "in_review", "returned"),
    )


def test_the_last_post_s_refusal_is_told_where_none_serves():
    head, secretary = (PLH.directory.officials[one, BPPD] for one in (HEAD, SECRETARY))
    own = Act(secretary, Role.AGENCY_SECRETARY, ON, ON)

    def decided(act: Act):
        raise (
            errors.NotDisposedToYouError
            if act.acting_for is None
            else errors.NotSubordinateError(ANALYST)
        )

    with pytest.raises(errors.NotSubordinateError):
        decided_in_first([own, replace(own, acting_for=head)], decided)


def test_who_acts_in_two_posts_at_once_may_act_in_both():
    both = office(
        appointed(SECRETARY, acting_for=HEAD),
        appointed(SECRETARY, acting_for=DIVISION_HEAD),
        appointed(SECRETARY, acting_for=DIVISION_HEAD, capacity=Capacity.ACTING),
    )
    secretary = both.directory.officials[SECRETARY, BPPD]
    tried = posts(BACK, secretary, both, ON)
    assert [one and one.id for one in tried] == [None, HEAD, DIVISION_HEAD]
    assert posts(BACK, secretary, both, AFTER) == (None,)


def test_what_the_plh_may_do_is_offered_to_him():
    case = Given(*HEAD_IS_NEXT).case
    assert case is not None
    him, head = (
        PLH.directory.officials[one, BPPD] for one in (OTHER_DIVISION_HEAD, HEAD)
    )

    own = open_to(Turn(case, him, Role.DIVISION_HEAD, ON))
    in_stead = open_to(Turn(case, him, Role.AGENCY_HEAD, ON, head))

    acts = {"disposition", "approval", "correction", "extension", "pause"}
    assert not acts & set(own)
    assert acts <= set(in_stead)
