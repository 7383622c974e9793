"""Going to the Information Commission: after a decision, or after none (sengketa)."""

from datetime import timedelta

from msgspec.structs import replace

from domain import errors, events
from domain.values import Clock, ClockState, ObjectionRuling, ObjectionStage
from tests.domain.offices import PPID, SUPERIOR
from tests.domain.proceedings import NOTE, Proceedings, ruling
from tests.domain.scenarios import MINUTE
from tests.domain.test_deciding_objections import DECIDED_AT, FILED_AT, contested
from tests.domain.test_objecting import IN_TIME, TICK, refused_at_the_counter

UPHELD = ObjectionRuling.UPHOLD
TWO_STAGES = (ObjectionStage.DECIDED, ObjectionStage.DISPUTED)


def filed() -> Proceedings:
    return contested(refused_at_the_counter(IN_TIME))


def upheld() -> Proceedings:
    return filed().rule(UPHELD, DECIDED_AT)


def test_a_dispute_after_the_decision_meets_its_clock():
    proceedings = upheld()
    at = DECIDED_AT + timedelta(days=3)
    (fact,) = proceedings.act(NOTE, PPID, at)
    assert fact.event == events.DisputeNoted(
        commission_number=NOTE.commission_number, status=NOTE.status
    )
    assert proceedings.objection is not None
    assert proceedings.objection.stage is ObjectionStage.DISPUTED
    assert proceedings.clocks(at)[Clock.DISPUTE] is ClockState.MET


def test_a_dispute_is_noted_again_when_its_status_changes():
    proceedings = upheld()
    at = DECIDED_AT + timedelta(days=3)
    proceedings.act(NOTE, PPID, at)
    won = replace(NOTE, status="diputus", result="permohonan dikabulkan")
    proceedings.act(won, PPID, at + timedelta(days=90))
    dispute = proceedings.shown(at + timedelta(days=90))[Clock.DISPUTE]
    assert (dispute.state, dispute.met_at) == (ClockState.MET, at)


def test_a_dispute_after_its_fourteen_working_days_is_recorded_as_what_it_is():
    late = upheld().shown(DECIDED_AT)[Clock.DISPUTE].due_at
    for at, state in ((late - TICK, ClockState.MET), (late, ClockState.MISSED)):
        proceedings = upheld()
        proceedings.act(NOTE, PPID, at)
        assert proceedings.clocks(at)[Clock.DISPUTE] is state


def test_while_the_superior_may_still_answer_there_is_no_dispute():
    proceedings = filed()
    reply = proceedings.shown(FILED_AT)[Clock.OBJECTION_REPLY]
    proceedings.refuses(
        errors.WrongObjectionStageError,
        NOTE,
        PPID,
        reply.due_at - TICK,
        stage=ObjectionStage.FILED,
        allowed=TWO_STAGES,
    )


def test_the_superior_silent_the_dispute_clock_starts_by_itself():
    proceedings = filed()
    reply = proceedings.shown(FILED_AT)[Clock.OBJECTION_REPLY]
    assert Clock.DISPUTE not in proceedings.clocks(reply.due_at - TICK)
    shown = proceedings.shown(reply.due_at)
    assert shown[Clock.OBJECTION_REPLY].state is ClockState.MISSED
    dispute = shown[Clock.DISPUTE]
    assert dispute.starts_at.date() == reply.due_on
    assert dispute.state is ClockState.RUNNING
    upheld_then = contested(refused_at_the_counter(IN_TIME))
    upheld_then.rule(UPHELD, reply.due_at - TICK)
    said = upheld_then.shown(reply.due_at)[Clock.DISPUTE]
    assert dispute.due_on == said.due_on


def test_the_superior_silent_the_requester_goes_to_the_commission():
    proceedings = filed()
    shown = proceedings.shown(FILED_AT)
    ran_out = shown[Clock.OBJECTION_REPLY].due_at
    dispute = proceedings.shown(ran_out)[Clock.DISPUTE]
    (fact,) = proceedings.act(NOTE, PPID, ran_out)
    assert isinstance(fact.event, events.DisputeNoted)
    (due,) = fact.event.due
    assert (due.clock, due.due_on) == (Clock.DISPUTE, dispute.due_on)
    later = proceedings.clocks(dispute.due_at)
    assert later == {
        Clock.OBJECTION_REPLY: ClockState.MISSED,
        Clock.DISPUTE: ClockState.MET,
    }


def test_after_the_superiors_silence_a_late_dispute_is_missed():
    proceedings = filed()
    ran_out = proceedings.shown(FILED_AT)[Clock.OBJECTION_REPLY].due_at
    over = proceedings.shown(ran_out)[Clock.DISPUTE].due_at
    proceedings.act(NOTE, PPID, over)
    assert proceedings.clocks(over)[Clock.DISPUTE] is ClockState.MISSED


def test_what_is_before_the_commission_the_superior_decides_no_more():
    proceedings = filed()
    ran_out = proceedings.shown(FILED_AT)[Clock.OBJECTION_REPLY].due_at
    proceedings.act(NOTE, PPID, ran_out)
    proceedings.refuses(
        errors.WrongObjectionStageError,
        ruling(UPHELD),
        SUPERIOR,
        ran_out + MINUTE,
        stage=ObjectionStage.DISPUTED,
        allowed=(ObjectionStage.FILED,),
    )


def test_a_dispute_does_not_lie_before_the_decision():
    proceedings = upheld()
    at = DECIDED_AT - MINUTE
    proceedings.refuses(
        errors.OutOfOrderError,
        NOTE,
        PPID,
        at,
        occurred_at=at,
        not_before=DECIDED_AT,
    )
