"""At the counter the handling official says at once what is exempt, and why."""

from datetime import date

import pytest
from msgspec.structs import replace

from domain import commands, errors, events
from domain.terms import ConsequenceTest, Strictness
from domain.values import Channel, Outcome, Stage
from tests.domain.offices import ANALYST, BPPD, OFFICES, OTHER_ANALYST, RECEPTIONIST
from tests.domain.past import directed, refused_at_counter, reopened, weighed
from tests.domain.receipts import lettered, reported, visited
from tests.domain.scenarios import MINUTE, MORNING, Given
from tests.domain.stages import VISITS, outside
from tests.domain.words import KIP_17C, KIP_17H, objection, refused

REFUSE = commands.RefuseAtCounter(legal_basis=(KIP_17C,), reason="rahasia")
AT = MORNING + 2 * MINUTE


def test_the_handling_official_refuses_with_grounds():
    Given(visited(), directed()).when(REFUSE, by=ANALYST).then(
        events.RefusedAsExempt(
            items=(1,),
            legal_basis=(KIP_17C,),
            reason="rahasia",
            outcome=Outcome.REFUSED_AS_EXEMPT,
            without_consequence_test=True,
            due=(objection(AT),),
        )
    ).leaves(
        stage=Stage.REFUSED, outcome=Outcome.REFUSED_AS_EXEMPT, answers=(refused(),)
    )


def test_a_refusal_may_say_how_long_the_information_stays_exempt():
    command = commands.RefuseAtCounter(
        legal_basis=(KIP_17C, KIP_17H), reason="rahasia", exempt_until=date(2031, 1, 1)
    )
    then = Given(visited(), directed()).when(command, by=ANALYST)
    (fact,) = then.facts
    assert isinstance(fact.event, events.RefusedAsExempt)
    assert fact.event.legal_basis == (KIP_17C, KIP_17H)
    assert fact.event.exempt_until == date(2031, 1, 1)


def test_some_items_are_refused_and_the_rest_stays_open():
    command = commands.RefuseAtCounter(
        legal_basis=(KIP_17C,), reason="rahasia", items=(2,)
    )
    Given(visited(items=2), directed()).when(command, by=ANALYST).then(
        events.RefusedAsExempt(
            items=(2,),
            legal_basis=(KIP_17C,),
            reason="rahasia",
            without_consequence_test=True,
        )
    ).leaves(stage=Stage.DISPOSED, outcome=None, open_items=(1,))


def test_the_last_open_items_are_refused_when_none_is_named():
    history = (visited(items=3), directed(), refused_at_counter(2, whole=False))
    then = Given(*history).when(REFUSE, by=ANALYST)
    (fact,) = then.facts
    assert isinstance(fact.event, events.RefusedAsExempt)
    assert fact.event.items == (1, 3)
    then.leaves(stage=Stage.REFUSED, outcome=Outcome.REFUSED_AS_EXEMPT, open_items=())


def test_a_refusal_at_the_counter_needs_no_consequence_test_but_says_so():
    given = Given(visited(items=2), directed(), weighed(1))
    for items, warned in (((1,), False), ((2,), True), ((), True)):
        command = commands.RefuseAtCounter(
            legal_basis=(KIP_17C,), reason="rahasia", items=items
        )
        (fact,) = given.when(command, by=ANALYST).facts
        assert isinstance(fact.event, events.RefusedAsExempt)
        assert fact.event.without_consequence_test is warned


def test_an_office_may_want_the_consequence_test_at_the_counter_too():
    bppd = OFFICES[BPPD]
    strict = ConsequenceTest(
        in_writing=Strictness.REQUIRED, at_the_counter=Strictness.REQUIRED
    )
    office = replace(bppd, standard=replace(bppd.standard, consequence_test=strict))
    history = (visited(items=2), directed(), weighed(2))
    given = Given(*history, office=office)
    given.when(REFUSE, by=ANALYST).then_refused(
        errors.ConsequenceTestMissingError, items=(1,)
    )
    tested = commands.RefuseAtCounter(
        legal_basis=(KIP_17C,), reason="rahasia", items=(2,)
    )
    given.when(tested, by=ANALYST).leaves(stage=Stage.DISPOSED)
    Given(*history, weighed(1), office=office).when(REFUSE, by=ANALYST).leaves(
        stage=Stage.REFUSED
    )


@pytest.mark.parametrize(
    ("basis", "reason"),
    [((), "rahasia"), ((KIP_17C,), ""), ((KIP_17C,), " \n\t"), ((), "")],
)
def test_a_refusal_cannot_be_said_without_reason_and_legal_basis(basis, reason):
    command = commands.RefuseAtCounter(legal_basis=basis, reason=reason)
    Given(visited(items=2), directed()).when(command, by=ANALYST).then_refused(
        errors.GroundsMissingError, items=(1, 2)
    )


def test_a_legal_basis_stands_in_the_law():
    command = commands.RefuseAtCounter(legal_basis=("kip17.z",), reason="rahasia")
    Given(visited(), directed()).when(command, by=ANALYST).then_refused(
        errors.UnknownLegalBasisError, legal_basis="kip17.z"
    )


@pytest.mark.parametrize(
    ("items", "strange"), [((3,), (3,)), ((0, 1), (0,)), ((1, 1), (1, 1)), ((2,), (2,))]
)
def test_only_items_still_open_are_refused_each_once(items, strange):
    history = (visited(items=2), directed(), refused_at_counter(2, whole=False))
    command = commands.RefuseAtCounter(
        legal_basis=(KIP_17C,), reason="rahasia", items=items
    )
    Given(*history).when(command, by=ANALYST).then_refused(
        errors.UnknownItemError, items=strange
    )


@pytest.mark.parametrize("official", [OTHER_ANALYST, RECEPTIONIST])
def test_nobody_but_the_handling_official_refuses(official):
    Given(visited(), directed()).when(REFUSE, by=official).then_refused(
        errors.NotTheAssignedOfficialError
    )


@pytest.mark.parametrize(
    ("came", "channel"),
    [(lettered(), Channel.LETTER), (reported(), Channel.SP4N_LAPOR)],
)
def test_a_written_request_is_never_refused_at_the_counter(came, channel):
    Given(came).when(REFUSE, by=ANALYST).then_refused(
        errors.WrongChannelError, channel=channel, allowed=(Channel.FACE_TO_FACE,)
    )


@pytest.mark.parametrize("stage", outside(VISITS, Stage.DISPOSED))
def test_a_visitor_is_refused_after_direction_and_once(stage):
    Given(*VISITS[stage]).when(REFUSE, by=ANALYST).then_refused(
        errors.WrongStageError, stage=stage, allowed=(Stage.DISPOSED,)
    )


def test_a_reopened_visit_may_be_refused_again():
    history = (visited(), directed(), refused_at_counter(), reopened())
    Given(*history).when(REFUSE, by=ANALYST).leaves(stage=Stage.REFUSED)
