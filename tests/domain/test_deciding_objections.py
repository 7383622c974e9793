"""The PPID's superior decides; a granted objection brings a second answer."""

from datetime import datetime, timedelta

import pytest

from domain import commands, errors, events
from domain.facts import Fact
from domain.values import (
    Capacity,
    Clock,
    ClockState,
    DeliveryMeans,
    DraftKind,
    LaporClass,
    ObjectionGround,
    ObjectionRuling,
    ObjectionStage,
    Outcome,
    Role,
    Stage,
)
from tests.domain.offices import (
    ANALYST,
    BIRO,
    CLERK,
    DIVISION_HEAD,
    HEAD,
    LIAISON,
    PPID,
    SEKDA,
    SUBDIVISION_HEAD,
    SUPERIOR,
)
from tests.domain.past import directed, disposed, drafted, initialled, weighed
from tests.domain.proceedings import OBJECTION, Proceedings, filing, ruling
from tests.domain.receipts import lettered, reported, visited
from tests.domain.scenarios import MINUTE, wita
from tests.domain.test_objecting import (
    ASKED,
    IN_TIME,
    LATE,
    REFUSALS,
    TICK,
    posted,
    refused_at_the_counter,
    refused_in_writing,
    refused_report,
)
from tests.domain.words import CASE, granted, objection, refused

UPHOLD, GRANT, PART = ObjectionRuling
REFUSED = ObjectionGround.REFUSED
SILENCE = ObjectionGround.NO_RESPONSE
FILED_AT = IN_TIME + timedelta(days=1)
DECIDED_AT = FILED_AT + timedelta(days=7)
ANSWERED_AT = DECIDED_AT + timedelta(days=2)
APPROVE = commands.Approve(draft=2)
FULFILS = commands.Draft(kind=DraftKind.ANSWER, items=(granted(),))


def contested(proceedings: Proceedings) -> Proceedings:
    """A refusal that was objected to."""
    return proceedings.file(REFUSED, FILED_AT)


def test_an_objection_upheld_leaves_the_case_alone_and_starts_the_dispute_clock():
    proceedings = contested(refused_at_the_counter(IN_TIME))
    before = proceedings.case
    facts = proceedings.act(
        ruling(UPHOLD, letter_number="100/PPID/2026"), SUPERIOR, DECIDED_AT
    )
    (decided,) = (fact.event for fact in facts)
    assert isinstance(decided, events.ObjectionDecided)
    assert decided.letter_number == "100/PPID/2026"
    (dispute,) = decided.due
    assert (dispute.clock, dispute.length) == (Clock.DISPUTE, 14)
    assert dispute.due_on.isoformat() == "2026-03-16"
    assert proceedings.case == before
    assert proceedings.objection is not None
    assert proceedings.objection.stage is ObjectionStage.DECIDED
    assert proceedings.clocks(DECIDED_AT) == {
        Clock.OBJECTION_REPLY: ClockState.MET,
        Clock.DISPUTE: ClockState.RUNNING,
    }


@pytest.mark.parametrize("decision", [GRANT, PART])
@REFUSALS
def test_an_objection_granted_opens_the_case_again(refusal, decision):
    proceedings = contested(refusal(IN_TIME))
    items = (granted(),) if decision is PART else ()
    facts = proceedings.act(ruling(decision, *items), SUPERIOR, DECIDED_AT)
    decided, reopened = facts
    assert decided.stream is None
    assert reopened == Fact(
        event=events.Reopened(reason="pertimbangan atasan", objection=OBJECTION),
        stream=CASE,
    )
    case = proceedings.case
    assert (case.stage, case.assignee) == (Stage.DISPOSED, ANALYST)
    assert (case.outcome, case.last_at) == (None, DECIDED_AT)


def test_an_objection_granted_leads_to_a_second_delivery_of_the_same_letter():
    proceedings = refused_in_writing(IN_TIME)
    post = commands.Deliver(how=DeliveryMeans.POST)
    proceedings.act(post, CLERK, IN_TIME + MINUTE)
    contested(proceedings).rule(GRANT, DECIDED_AT)
    answer_again(proceedings)
    proceedings.act(post, CLERK, ANSWERED_AT)
    must_be_answered_again(proceedings)


def test_an_objection_granted_leads_to_a_second_delivery_at_the_counter():
    proceedings = contested(refused_at_the_counter(IN_TIME)).rule(GRANT, DECIDED_AT)
    said = commands.Deliver(how=DeliveryMeans.ORAL)
    proceedings.act(said, ANALYST, ANSWERED_AT)
    must_be_answered_again(proceedings)


def test_an_objection_granted_leads_to_a_second_posting_in_lapor():
    proceedings = refused_report(IN_TIME)
    post = commands.Deliver(how=DeliveryMeans.LAPOR_POST)
    proceedings.act(post, LIAISON, IN_TIME + MINUTE)
    contested(proceedings).rule(GRANT, DECIDED_AT)
    answer_again(proceedings)
    proceedings.act(post, LIAISON, ANSWERED_AT)
    must_be_answered_again(proceedings)


def answer_again(proceedings: Proceedings) -> None:
    """Draft, initials and signature of the second version."""
    proceedings.act(FULFILS, ANALYST, DECIDED_AT + MINUTE)
    for superior in (SUBDIVISION_HEAD, DIVISION_HEAD, HEAD):
        proceedings.act(APPROVE, superior, DECIDED_AT + MINUTE)


def must_be_answered_again(proceedings: Proceedings) -> None:
    """It is granted; the clocks keep the first answer, a new window is open."""
    case = proceedings.case
    assert (case.stage, case.outcome) == (Stage.DELIVERED, Outcome.GRANTED)
    assert len(case.answered_in) == 2
    statute, window = case.clock(Clock.STATUTE), case.clock(Clock.OBJECTION)
    assert statute is not None
    assert window is not None
    assert statute.met_at is not None
    assert statute.met_at < FILED_AT
    assert window.due == objection(ANSWERED_AT)


def test_a_refusal_that_has_not_left_yet_leaves_no_more():
    proceedings = contested(refused_in_writing(IN_TIME))
    assert proceedings.case.stage is Stage.APPROVED
    ruled = proceedings.rule(GRANT, DECIDED_AT)
    assert ruled.case.stage is Stage.DISPOSED


def test_an_approved_answer_that_nobody_attacked_for_its_content_still_leaves():
    past = (*ASKED, drafted(), initialled(1), initialled(2))
    proceedings = Proceedings(*past).file(SILENCE, LATE)
    proceedings.act(commands.Approve(draft=1), HEAD, LATE + MINUTE)
    proceedings.rule(GRANT, LATE + 2 * MINUTE)
    assert proceedings.case.stage is Stage.APPROVED


@pytest.mark.parametrize(
    "past",
    [
        (lettered(),),
        (lettered(), disposed()),
        (lettered(), disposed(), drafted()),
        (reported(),),
        (visited(), directed()),
    ],
)
def test_a_case_that_is_still_open_needs_no_opening(past):
    proceedings = Proceedings(*past).file(SILENCE, LATE)
    before = proceedings.case
    (decided,) = proceedings.act(ruling(GRANT), SUPERIOR, LATE + MINUTE)
    assert isinstance(decided.event, events.ObjectionDecided)
    assert proceedings.case == before


def test_a_request_that_has_left_meanwhile_is_not_opened_again():
    proceedings = Proceedings(lettered(), disposed()).file(SILENCE, LATE)
    gone = events.Withdrawn(how="surat")
    proceedings.enter(gone, CLERK, LATE + MINUTE)
    proceedings.rule(GRANT, LATE + 2 * MINUTE)
    assert proceedings.case.stage is Stage.WITHDRAWN


def test_a_report_that_nobody_was_given_is_not_opened_again():
    proceedings = Proceedings(reported()).file(SILENCE, LATE)
    proceedings.act(aspiration(), LIAISON, LATE + MINUTE)
    proceedings.act(commands.Close(), LIAISON, LATE + MINUTE)
    proceedings.rule(GRANT, LATE + 2 * MINUTE)
    assert proceedings.case.stage is Stage.CLOSED


@pytest.mark.parametrize(
    "gone",
    [
        commands.Withdraw(how="surat"),
        commands.Transfer(notice="Surat 7", case=CASE, holder="BPS Provinsi NTT"),
    ],
)
def test_a_request_that_went_another_way_comes_back_by_no_ruling_once_closed(gone):
    proceedings = Proceedings(*ASKED).file(SILENCE, LATE)
    proceedings.act(gone, HEAD, LATE + MINUTE)
    proceedings.act(commands.Close(), CLERK, LATE + MINUTE)
    before = proceedings.case
    (decided,) = proceedings.act(ruling(GRANT), SUPERIOR, LATE + 2 * MINUTE)
    assert isinstance(decided.event, events.ObjectionDecided)
    assert proceedings.case == before


def aspiration() -> commands.ReviewReport:
    """The liaison finds that a report asks for nothing."""
    return commands.ReviewReport(
        case=CASE,
        summary="0" * 64,
        classified=LaporClass.ASPIRATION,
        complaint=OBJECTION,
        words="0" * 64,
    )


@pytest.mark.parametrize("hand", [ANALYST, SUBDIVISION_HEAD, DIVISION_HEAD, HEAD])
def test_an_objection_is_not_decided_by_a_tier_of_the_case(hand):
    proceedings = contested(refused_in_writing(IN_TIME))
    proceedings.refuses(errors.DeciderWasTierError, ruling(GRANT), hand, DECIDED_AT)


def test_who_drafted_a_version_that_was_replaced_is_a_hand_of_the_case():
    past = (drafted(by=SUPERIOR), drafted(n=2), initialled(1, 2), initialled(2, 2))
    proceedings = Proceedings(*ASKED, past)
    proceedings.act(APPROVE, HEAD, IN_TIME)
    proceedings.act(commands.Deliver(how=DeliveryMeans.POST), CLERK, IN_TIME)
    proceedings.file(ObjectionGround.NOT_FULFILLED, FILED_AT)
    proceedings.refuses(errors.DeciderWasTierError, ruling(GRANT), SUPERIOR, DECIDED_AT)


def test_in_whose_stead_it_was_signed_does_not_decide():
    to_secretary = lettered(agency=BIRO, addressee=Role.REGIONAL_SECRETARY)
    tiers = drafted(refused(), kind=DraftKind.REFUSAL)
    past = (to_secretary, disposed(), weighed(), tiers, initialled(1), initialled(2))
    proceedings = Proceedings(*past)
    on_behalf = commands.Approve(draft=1, capacity=Capacity.ON_BEHALF, acting_for=SEKDA)
    proceedings.act(on_behalf, HEAD, IN_TIME)
    contested(proceedings)
    proceedings.refuses(errors.DeciderWasTierError, ruling(GRANT), SEKDA, DECIDED_AT)
    proceedings.rule(GRANT, DECIDED_AT)


@pytest.mark.parametrize("hand", [SUBDIVISION_HEAD, HEAD])
def test_who_stands_in_for_a_tier_does_not_decide_in_that_post(hand):
    proceedings = contested(refused_in_writing(IN_TIME))
    with pytest.raises(errors.DeciderWasTierError):
        proceedings.act(ruling(GRANT), SUPERIOR, DECIDED_AT, acting_for=hand)
    proceedings.act(ruling(GRANT), SUPERIOR, DECIDED_AT, acting_for=SEKDA)


def test_a_tier_does_not_decide_in_anothers_post():
    proceedings = contested(refused_in_writing(IN_TIME))
    with pytest.raises(errors.DeciderWasTierError):
        proceedings.act(ruling(GRANT), HEAD, DECIDED_AT, acting_for=SUPERIOR)


def test_an_objection_is_decided_once():
    proceedings = contested(refused_at_the_counter(IN_TIME)).rule(UPHOLD, DECIDED_AT)
    proceedings.refuses(
        errors.WrongObjectionStageError,
        ruling(GRANT),
        SUPERIOR,
        DECIDED_AT + MINUTE,
        stage=ObjectionStage.DECIDED,
        allowed=(ObjectionStage.FILED,),
    )


def test_an_objection_decided_late_is_recorded_and_its_clock_missed():
    proceedings = contested(refused_at_the_counter(IN_TIME))
    reply = proceedings.shown(FILED_AT)[Clock.OBJECTION_REPLY]
    in_time, late = reply.due_at - TICK, reply.due_at
    proceedings.rule(GRANT, late)
    assert proceedings.case.stage is Stage.DISPOSED
    states = proceedings.clocks(late)
    assert states[Clock.OBJECTION_REPLY] is ClockState.MISSED
    assert proceedings.shown(late)[Clock.DISPUTE].starts_at == late
    other = contested(refused_at_the_counter(IN_TIME)).rule(GRANT, in_time)
    assert other.clocks(late)[Clock.OBJECTION_REPLY] is ClockState.MET


def test_a_decision_in_part_says_which_part():
    proceedings = contested(refused_at_the_counter(IN_TIME))
    proceedings.refuses(
        errors.ItemWithoutOutcomeError, ruling(PART), SUPERIOR, DECIDED_AT, items=(1,)
    )


@pytest.mark.parametrize("decision", ObjectionRuling)
def test_a_decision_names_items_of_the_request_and_each_once(decision):
    proceedings = contested(refused_at_the_counter(IN_TIME))
    for items, strange in (((granted(2),), [2]), ((granted(), refused()), [1, 1])):
        proceedings.refuses(
            errors.UnknownItemError,
            ruling(decision, *items),
            SUPERIOR,
            DECIDED_AT,
            items=tuple(strange),
        )


def test_a_decision_that_opens_a_case_does_not_lie_before_the_cases_last_act():
    proceedings = contested(refused_at_the_counter(IN_TIME))
    closed_at = DECIDED_AT + MINUTE
    proceedings.act(commands.Close(), ANALYST, closed_at)
    proceedings.refuses(
        errors.OutOfOrderError,
        ruling(GRANT),
        SUPERIOR,
        DECIDED_AT,
        occurred_at=DECIDED_AT,
        not_before=closed_at,
    )
    proceedings.rule(UPHOLD, DECIDED_AT)


def test_a_decision_does_not_lie_before_the_objection():
    proceedings = contested(refused_at_the_counter(IN_TIME))
    at = FILED_AT - MINUTE
    proceedings.refuses(
        errors.OutOfOrderError,
        ruling(UPHOLD),
        SUPERIOR,
        at,
        occurred_at=at,
        not_before=FILED_AT,
    )


def test_a_case_may_be_closed_under_an_open_objection():
    proceedings = posted(IN_TIME).file(ObjectionGround.NOT_FULFILLED, FILED_AT)
    proceedings.act(commands.Close(), CLERK, FILED_AT + MINUTE)
    assert proceedings.rule(GRANT, DECIDED_AT).case.stage is Stage.DISPOSED


def test_a_second_answer_may_be_objected_to_again():
    proceedings = contested(refused_at_the_counter(IN_TIME)).rule(GRANT, DECIDED_AT)
    said = commands.Deliver(how=DeliveryMeans.ORAL)
    proceedings.act(said, ANALYST, ANSWERED_AT)
    proceedings.objection = None
    at: datetime = wita("2026-03-30 09:00")
    proceedings.act(filing(ObjectionGround.NOT_AS_REQUESTED), PPID, at)
