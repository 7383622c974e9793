"""Reception keeps a visitor's card and hands it back (mengambil kembali KTP)."""

import pytest

from domain import commands, errors, events
from domain.values import Channel, Stage
from tests.domain.offices import RECEPTIONIST
from tests.domain.past import answered_orally, card_returned, directed
from tests.domain.receipts import lettered, reported, visited
from tests.domain.scenarios import MINUTE, MORNING, Given
from tests.domain.words import TOLD

GIVE_BACK = commands.ReturnIdCard(to="visitor")


def test_the_visitor_takes_the_card_back():
    then = Given(visited(card="ktp"), directed(), answered_orally()).when(
        GIVE_BACK, by=RECEPTIONIST
    )
    then.then(events.IdCardReturned(to="visitor")).leaves(stage=Stage.DELIVERED)
    card = then.case.id_card
    assert card is not None
    assert (card.deposited_at, card.returned_at) == (MORNING, MORNING + 3 * MINUTE)
    assert not then.case.holds_id_card


def test_a_card_may_go_back_before_the_answer():
    command = commands.ReturnIdCard(to="other", told=TOLD)
    Given(visited(card="ktp")).when(command, by=RECEPTIONIST).then(
        events.IdCardReturned(to="other", told=TOLD)
    ).leaves(stage=Stage.RECEIVED)


@pytest.mark.parametrize(
    "history",
    [(visited(),), (visited(card="ktp"), card_returned())],
    ids=["only-shown", "handed-back"],
)
def test_a_card_that_reception_does_not_hold_is_not_handed_back(history):
    Given(*history).when(GIVE_BACK, by=RECEPTIONIST).then_refused(
        errors.NoIdCardHeldError
    )


@pytest.mark.parametrize(
    ("came", "channel"),
    [(lettered(), Channel.LETTER), (reported(), Channel.SP4N_LAPOR)],
)
def test_only_visitors_leave_cards(came, channel):
    Given(came).when(GIVE_BACK, by=RECEPTIONIST).then_refused(
        errors.WrongChannelError, channel=channel, allowed=(Channel.FACE_TO_FACE,)
    )
