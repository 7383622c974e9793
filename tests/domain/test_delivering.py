"""The answer is said, handed over, sent or posted (disampaikan)."""

import pytest

from domain import commands, errors, events
from domain.case import DRAFTABLE
from domain.outcome import ItemOutcome
from domain.values import (
    Channel,
    DeliveryMeans,
    DraftKind,
    MissedPickup,
    NoticeMeans,
    Outcome,
    Stage,
)
from tests.domain.offices import ANALYST, CLERK, LIAISON, OTHER_ANALYST, RECEPTIONIST
from tests.domain.past import (
    approved,
    called,
    delivered,
    directed,
    disposed,
    missed,
    refused_at_counter,
    refused_in_writing,
    reopened,
)
from tests.domain.receipts import lettered, visited
from tests.domain.scenarios import MINUTE, MORNING, Given
from tests.domain.stages import LETTERS, REPORTS, VISITS, outside
from tests.domain.words import (
    auto_close,
    blacked_out,
    granted,
    not_held,
    objection,
    refused,
)

SAY = commands.Deliver(how=DeliveryMeans.ORAL)
POST = commands.Deliver(how=DeliveryMeans.POST)
IN_LAPOR = commands.Deliver(how=DeliveryMeans.LAPOR_POST)
UNAPPROVED = (Stage.RECEIVED, Stage.INCOMPLETE, *DRAFTABLE)
SENDABLE = (Stage.APPROVED, Stage.AWAITING_PICKUP)


def test_the_visitor_hears_the_answer():
    Given(visited(), directed()).when(SAY, by=ANALYST).then(
        events.Delivered(
            how=DeliveryMeans.ORAL,
            outcome=Outcome.GRANTED,
            items=(granted(),),
            due=(objection(MORNING + 2 * MINUTE),),
        )
    ).leaves(stage=Stage.DELIVERED, outcome=Outcome.GRANTED, answers=(granted(),))


def test_outcomes_of_single_items_are_said_at_the_counter():
    command = commands.Deliver(how=DeliveryMeans.HANDED, items=(not_held(2),))
    Given(visited(items=2), directed()).when(command, by=ANALYST).leaves(
        stage=Stage.DELIVERED,
        outcome=Outcome.PARTIAL,
        answers=(granted(1), not_held(2)),
    )


def test_what_was_refused_before_stays_refused_and_the_rest_is_given():
    history = (visited(items=2), directed(), refused_at_counter(2, whole=False))
    then = Given(*history).when(SAY, by=ANALYST)
    (fact,) = then.facts
    assert isinstance(fact.event, events.Delivered)
    assert fact.event.items == (granted(1),)
    then.leaves(outcome=Outcome.PARTIAL, answers=(refused(2), granted(1)))


def test_a_refusal_at_the_counter_names_its_grounds():
    said = ItemOutcome(n=1, outcome=Outcome.REFUSED_AS_EXEMPT)
    command = commands.Deliver(how=DeliveryMeans.ORAL, items=(said,))
    Given(visited(), directed()).when(command, by=ANALYST).then_refused(
        errors.RefusalNeedsGroundsError, items=(1,)
    )


def test_what_is_blacked_out_at_the_counter_is_refused_there_with_its_grounds():
    said = (granted(1), blacked_out(2))
    command = commands.Deliver(how=DeliveryMeans.HANDED, items=said)
    Given(visited(items=2), directed()).when(command, by=ANALYST).then_refused(
        errors.RefusalNeedsGroundsError, items=(2,)
    )


@pytest.mark.parametrize(
    ("items", "strange"),
    [((granted(3),), (3,)), ((granted(1), granted(1)), (1, 1)), ((granted(2),), (2,))],
)
def test_only_items_still_open_are_answered_each_once(items, strange):
    history = (visited(items=2), directed(), refused_at_counter(2, whole=False))
    command = commands.Deliver(how=DeliveryMeans.ORAL, items=items)
    Given(*history).when(command, by=ANALYST).then_refused(
        errors.UnknownItemError, items=strange
    )


@pytest.mark.parametrize("official", [OTHER_ANALYST, RECEPTIONIST])
def test_nobody_but_the_handling_official_answers_the_visitor(official):
    Given(visited(), directed()).when(SAY, by=official).then_refused(
        errors.NotTheAssignedOfficialError
    )


@pytest.mark.parametrize("stage", outside(VISITS, Stage.DISPOSED))
def test_a_visitor_is_answered_after_direction_and_once(stage):
    Given(*VISITS[stage]).when(SAY, by=ANALYST).then_refused(
        errors.WrongStageError, stage=stage, allowed=(Stage.DISPOSED,)
    )


def test_an_approved_letter_leaves_by_post():
    command = commands.Deliver(
        how=DeliveryMeans.POST, letter_number="000.8.3.3/15/BPPD"
    )
    Given(lettered(), disposed(), approved()).when(command, by=CLERK).then(
        events.Delivered(
            how=DeliveryMeans.POST,
            outcome=Outcome.GRANTED,
            letter_number="000.8.3.3/15/BPPD",
            due=(objection(MORNING + 6 * MINUTE),),
        )
    ).leaves(stage=Stage.DELIVERED, answers=(granted(),))


@pytest.mark.parametrize("how", [DeliveryMeans.HANDED, DeliveryMeans.COURIER])
def test_an_approved_letter_may_be_handed_over_or_sent_by_courier(how):
    command = commands.Deliver(how=how)
    Given(lettered(), disposed(), approved()).when(command, by=CLERK).leaves(
        stage=Stage.DELIVERED
    )


def test_an_approved_answer_is_posted_in_sp4n_lapor_and_the_reporter_told():
    command = commands.Deliver(
        how=DeliveryMeans.LAPOR_POST, notified_by=NoticeMeans.EMAIL
    )
    given = Given(*REPORTS[Stage.APPROVED])
    assert given.case is not None
    at = given.case.last_at + MINUTE
    given.when(command, by=LIAISON).then(
        events.Delivered(
            how=DeliveryMeans.LAPOR_POST,
            outcome=Outcome.GRANTED,
            notified_by=NoticeMeans.EMAIL,
            due=(objection(at), auto_close(at)),
        )
    ).leaves(stage=Stage.DELIVERED)


def test_a_written_refusal_has_started_the_objection_before_it_is_delivered():
    signed_at = MORNING + 6 * MINUTE
    refusal = approved(
        refused(), kind=DraftKind.REFUSAL, outcome=Outcome.REFUSED_AS_EXEMPT
    )
    history = (lettered(), disposed(), refusal, refused_in_writing(signed_at))
    Given(*history).when(POST, by=CLERK).then(
        events.Delivered(how=DeliveryMeans.POST, outcome=Outcome.REFUSED_AS_EXEMPT)
    ).leaves(stage=Stage.DELIVERED, outcome=Outcome.REFUSED_AS_EXEMPT)


def test_a_letter_that_was_not_collected_is_posted():
    history = (lettered(), disposed(), approved(), called())
    Given(*history).when(POST, by=CLERK).leaves(stage=Stage.DELIVERED)
    Given(*history, missed(MissedPickup.POST)).when(POST, by=CLERK).leaves(
        stage=Stage.DELIVERED
    )


@pytest.mark.parametrize(
    ("histories", "command", "by"),
    [(LETTERS, POST, CLERK), (REPORTS, IN_LAPOR, LIAISON)],
    ids=["letter", "report"],
)
def test_no_answer_leaves_before_its_final_approval(histories, command, by):
    for stage in (stage for stage in UNAPPROVED if stage in histories):
        Given(*histories[stage]).when(command, by=by).then_refused(
            errors.NotFinallyApprovedError
        )


@pytest.mark.parametrize(
    ("histories", "command", "by"),
    [(LETTERS, POST, CLERK), (REPORTS, IN_LAPOR, LIAISON)],
    ids=["letter", "report"],
)
def test_an_answer_leaves_once(histories, command, by):
    for stage in outside(histories, *UNAPPROVED, *SENDABLE):
        Given(*histories[stage]).when(command, by=by).then_refused(
            errors.WrongStageError, stage=stage, allowed=SENDABLE
        )


def test_a_reopened_case_needs_a_new_approved_answer():
    history = (lettered(), disposed(), approved(), delivered(), reopened())
    Given(*history).when(POST, by=CLERK).then_refused(errors.NotFinallyApprovedError)


@pytest.mark.parametrize(
    ("history", "by", "wrong", "allowed"),
    [
        (VISITS[Stage.DISPOSED], ANALYST, "post", ("oral", "handed")),
        (VISITS[Stage.DISPOSED], ANALYST, "lapor_post", ("oral", "handed")),
        (LETTERS[Stage.APPROVED], CLERK, "oral", ("handed", "post", "courier")),
        (LETTERS[Stage.APPROVED], CLERK, "lapor_post", ("handed", "post", "courier")),
        (REPORTS[Stage.APPROVED], LIAISON, "post", ("lapor_post",)),
        (REPORTS[Stage.APPROVED], LIAISON, "oral", ("lapor_post",)),
    ],
)
def test_each_channel_s_answers_go_out_by_its_own_means(history, by, wrong, allowed):
    command = commands.Deliver(how=DeliveryMeans(wrong))
    Given(*history).when(command, by=by).then_refused(
        errors.WrongMeansError, how=wrong, allowed=allowed
    )


def test_a_written_answer_has_said_its_outcomes_in_the_draft():
    command = commands.Deliver(how=DeliveryMeans.POST, items=(granted(),))
    Given(*LETTERS[Stage.APPROVED]).when(command, by=CLERK).then_refused(
        errors.WrongChannelError,
        channel=Channel.LETTER,
        allowed=(Channel.FACE_TO_FACE,),
    )
