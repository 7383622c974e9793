"""A request is passed on to the body that holds the information (pelimpahan)."""

from datetime import date

import pytest
from msgspec.structs import replace

from domain import commands, errors, events
from domain.channel_standard import ClockStart
from domain.facts import Fact
from domain.handing_on import TRANSFERABLE
from domain.office import Office
from domain.values import Channel, Clock, ClockState, Outcome, Requirement, Role, Stage
from tests.domain.offices import BIRO, BPPD, HEAD, OFFICES, SEKDA
from tests.domain.past import disposed, reopened
from tests.domain.receipts import lettered, reported, visited
from tests.domain.scenarios import NUMBER, Given, Happened, wita
from tests.domain.stages import LETTERS, REPORTS, VISITS, outside
from tests.domain.watch import states
from tests.domain.words import CASE, IDENTITY, NEW_CASE, PERSON, WORDS

AWAY = commands.Transfer(notice="Surat 7", case=CASE, holder="BPS Provinsi NTT")
TO_BIRO = commands.Transfer(
    notice="Surat 8",
    case=CASE,
    to_agency=BIRO,
    new_case=NEW_CASE,
    identity="5" * 64,
    words="6" * 64,
)
AT = wita("2026-03-16 08:00")
each_channel = pytest.mark.parametrize(
    "histories", [VISITS, LETTERS, REPORTS], ids=["visit", "letter", "report"]
)


def opened(then) -> events.Received:
    """The receipt of the case as which the request goes on."""
    (fact,) = [fact for fact in then.facts if fact.stream == NEW_CASE]
    assert isinstance(fact.event, events.Received)
    return fact.event


@each_channel
def test_a_request_goes_to_another_body_until_an_answer_is_written(histories):
    for stage in set(histories) & set(TRANSFERABLE):
        Given(*histories[stage]).when(AWAY, by=HEAD).then(
            events.Transferred(notice="Surat 7", holder="BPS Provinsi NTT")
        ).leaves(stage=Stage.TRANSFERRED, outcome=Outcome.TRANSFERRED)


@each_channel
def test_what_is_being_answered_is_not_passed_on(histories):
    for stage in outside(histories, *TRANSFERABLE):
        Given(*histories[stage]).when(AWAY, by=HEAD).then_refused(
            errors.WrongStageError, stage=stage, allowed=TRANSFERABLE
        )


def test_a_reopened_case_that_was_answered_once_stays():
    Given(*LETTERS[Stage.CLOSED], reopened()).when(AWAY, by=HEAD).then_refused(
        errors.WrongStageError,
        stage=Stage.DISPOSED,
        allowed=("disposed and never drafted",),
    )


def test_the_regional_secretary_passes_on_what_is_addressed_to_him():
    role = Role.REGIONAL_SECRETARY
    to_him = lettered(addressee=role, agency=BIRO)
    Given(to_him).when(AWAY, by=SEKDA).leaves(stage=Stage.TRANSFERRED)
    Given(lettered(agency=BIRO)).when(AWAY, by=SEKDA).then_refused(
        errors.NotAddressedToYouError
    )


@pytest.mark.parametrize(
    "history",
    [visited(), (lettered(),), (reported(),)],
    ids=["visit", "letter", "lapor"],
)
def test_at_one_of_ours_a_letter_case_opens_with_clocks_of_its_own(history):
    then = Given(*history).when(TO_BIRO, by=HEAD, at=AT, receiving=OFFICES[BIRO])
    assert then.facts[0] == Fact(
        event=events.Transferred(notice="Surat 8", to_agency=BIRO, new_case=NEW_CASE)
    )
    case = opened(then)
    assert (case.channel, case.agency, case.origin) == (Channel.LETTER, BIRO, CASE)
    assert (case.person, case.identity, case.words) == (PERSON, "5" * 64, "6" * 64)
    assert (case.registration_number, case.missing) == (NUMBER, ())
    assert case.standard == OFFICES[BIRO].standard.ref
    assert {due.clock: (due.starts_at, due.due_on) for due in case.due} == {
        Clock.STANDARD: (AT, date(2026, 3, 23)),
        Clock.STATUTE: (AT, date(2026, 4, 7)),
    }


def test_what_was_asked_and_brought_goes_along():
    then = Given(lettered(items=3)).when(TO_BIRO, by=HEAD, receiving=OFFICES[BIRO])
    assert opened(then).items == 3
    assert opened(then).has == (Requirement.PHONE,)


@pytest.mark.parametrize("anonymous", [True, False])
@pytest.mark.parametrize("confidential", [True, False])
def test_what_the_reporter_asked_to_keep_back_is_kept_back_wherever_it_goes(
    anonymous, confidential
):
    given = Given(reported(anonymous=anonymous, confidential=confidential))
    case = opened(given.when(TO_BIRO, by=HEAD, receiving=OFFICES[BIRO]))
    assert (case.anonymous, case.confidential) == (anonymous, confidential)
    there = Given(Happened(case, by=HEAD))
    there.when(AWAY, by=HEAD).leaves(anonymous=anonymous, confidential=confidential)
    to_bppd = replace(TO_BIRO, to_agency=BPPD)
    again = opened(there.when(to_bppd, by=HEAD, receiving=OFFICES[BPPD]))
    assert (again.anonymous, again.confidential) == (anonymous, confidential)


def test_a_letter_keeps_its_number_and_lies_before_the_head_it_was_passed_to():
    letter = events.LetterReceipt(
        number="12/LSM/2026",
        dated=date(2026, 2, 2),
        addressee=Role.REGIONAL_SECRETARY,
        received_by_regional_secretary_at=wita("2026-02-03 10:00"),
    )
    came = lettered(agency=BIRO)
    assert isinstance(came.event, events.Received)
    came = replace(came, event=replace(came.event, letter=letter))
    to_bppd = replace(TO_BIRO, to_agency=BPPD)
    then = Given(came).when(to_bppd, by=HEAD, receiving=OFFICES[BPPD])
    assert opened(then).letter == events.LetterReceipt(
        number="12/LSM/2026", dated=date(2026, 2, 2), addressee=Role.AGENCY_HEAD
    )


def test_the_clocks_of_the_old_case_stop():
    then = Given(lettered(), disposed()).when(TO_BIRO, by=HEAD, receiving=OFFICES[BIRO])
    assert states(then.case, wita("2026-06-01 08:00")) == {
        Clock.STANDARD: ClockState.STOPPED,
        Clock.STATUTE: ClockState.STOPPED,
    }


def test_an_incomplete_letter_is_whole_for_the_body_that_gets_it():
    bare = lettered(missing=(Requirement.PHONE,))
    then = Given(bare).when(TO_BIRO, by=HEAD, receiving=OFFICES[BIRO])
    assert opened(then).missing == ()


def test_nobody_passes_a_request_on_to_himself():
    to_bppd = replace(TO_BIRO, to_agency=BPPD)
    Given(lettered()).when(to_bppd, by=HEAD, receiving=OFFICES[BPPD]).then_refused(
        errors.SameAgencyError
    )


def without_letters() -> Office:
    biro = OFFICES[BIRO]
    channels = replace(biro.standard.channels, letter=None)
    return replace(biro, standard=replace(biro.standard, channels=channels))


def test_a_body_that_takes_no_letters_gets_none():
    Given(lettered()).when(TO_BIRO, by=HEAD, receiving=without_letters()).then_refused(
        errors.ChannelClosedError, channel=Channel.LETTER
    )


def test_the_receipt_by_the_regional_secretary_no_longer_counts():
    standard = OFFICES[BIRO].standard.channels.letter
    assert standard is not None
    assert standard.statute_starts is ClockStart.RECEIVED_BY_REGIONAL_SECRETARY
    then = Given(lettered()).when(TO_BIRO, by=HEAD, at=AT, receiving=OFFICES[BIRO])
    assert {due.starts_at for due in opened(then).due} == {AT}


def test_the_sealed_words_are_the_new_record_s_own():
    then = Given(lettered()).when(TO_BIRO, by=HEAD, receiving=OFFICES[BIRO])
    assert {opened(then).identity, opened(then).words}.isdisjoint({IDENTITY, WORDS})
