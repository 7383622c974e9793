"""Requests come in: at the counter, by letter, through SP4N-LAPOR!."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain import commands, errors, events
from domain.terms import IdCardCustody
from domain.values import Channel, LaporMedium, Requirement, Role, Stage
from tests.domain.offices import BIRO, BPPD, CLERK, LIAISON, OFFICES, RECEPTIONIST
from tests.domain.receipts import received
from tests.domain.scenarios import MORNING, Given, wita
from tests.domain.words import CASE, IDENTITY, PERSON, WORDS

HOUR = timedelta(hours=1)
SHOWN = frozenset({Requirement.IDENTITY_SHOWN})
VISIT = commands.ReceiveAtCounter(
    person=PERSON, identity=IDENTITY, words=WORDS, items=1, has=SHOWN
)
LETTER = commands.ReceiveLetter(
    person=PERSON,
    identity=IDENTITY,
    words=WORDS,
    items=2,
    has=frozenset({Requirement.PHONE}),
    letter=events.LetterReceipt(addressee=Role.AGENCY_HEAD),
)
REPORT = commands.ReceiveReport(
    person=PERSON,
    identity=IDENTITY,
    words=WORDS,
    items=1,
    has=frozenset({Requirement.NAME, Requirement.ADDRESS}),
    lapor=events.LaporReceipt(
        tracking_id="1234567",
        medium=LaporMedium.WEB,
        submitted_at=MORNING - HOUR,
    ),
)


def at_the_counter(items: int = 1) -> events.Received:
    has = (Requirement.IDENTITY_SHOWN,)
    return received(Channel.FACE_TO_FACE, MORNING, items=items, has=has)


def test_a_visitor_who_shows_an_identity_is_received():
    Given().when(VISIT, by=RECEPTIONIST).then(at_the_counter()).leaves(
        stage=Stage.RECEIVED, id_card=None, items=1, missing=(), agency=BPPD
    )


def test_a_visitor_who_leaves_his_card_is_received_and_the_card_is_held():
    left = replace(VISIT, id_card="ktp")
    then = Given().when(left, by=RECEPTIONIST)
    then.then(at_the_counter(), events.IdCardDeposited(kind="ktp"))
    assert then.case.holds_id_card


def test_a_visitor_without_any_identity_is_no_case():
    bare = replace(VISIT, has=frozenset({Requirement.NAME, Requirement.PHONE}))
    Given().when(bare, by=RECEPTIONIST).then_refused(
        errors.RequirementNotMetError, missing=(Requirement.IDENTITY_SHOWN,)
    )


def test_an_agency_that_has_cards_shown_keeps_none():
    bppd = OFFICES[BPPD]
    lenient = replace(
        bppd, standard=replace(bppd.standard, id_card=IdCardCustody.SHOW_ONLY)
    )
    left = replace(VISIT, id_card="ktp")
    Given(office=lenient).when(left, by=RECEPTIONIST).then_refused(
        errors.IdCardNotTakenError
    )
    Given(office=lenient).when(VISIT, by=RECEPTIONIST).leaves(stage=Stage.RECEIVED)


@pytest.mark.parametrize(
    "proof",
    [Requirement.PHONE, Requirement.IDENTITY_COPY, Requirement.INSTITUTION_IDENTITY],
)
@pytest.mark.parametrize("agency", [BIRO, BPPD])
def test_one_proof_of_identity_is_enough_for_a_letter(proof, agency):
    bearing = replace(LETTER, has=frozenset({proof}))
    Given(agency=agency).when(bearing, by=CLERK).leaves(
        stage=Stage.RECEIVED, missing=()
    )


@pytest.mark.parametrize("has", [(), (Requirement.NAME, Requirement.ADDRESS)])
def test_a_letter_that_lacks_every_proof_is_received_as_incomplete(has):
    bare = replace(LETTER, has=frozenset(has))
    missing = (
        Requirement.IDENTITY_COPY,
        Requirement.PHONE,
        Requirement.INSTITUTION_IDENTITY,
    )
    Given().when(bare, by=CLERK).then(
        received(
            Channel.LETTER,
            MORNING,
            items=2,
            has=tuple(sorted(has)),
            missing=missing,
            letter=bare.letter,
        )
    ).leaves(stage=Stage.INCOMPLETE, missing=missing)


def test_a_letter_keeps_what_the_incoming_mail_book_says():
    letter = events.LetterReceipt(
        number="12/LSM/II/2026",
        dated=date(2026, 2, 6),
        addressee=Role.REGIONAL_SECRETARY,
        cc=(Role.AGENCY_HEAD,),
        agenda_number="0042",
        received_by_regional_secretary_at=wita("2026-02-09 10:00"),
    )
    Given(agency=BIRO).when(replace(LETTER, letter=letter), by=CLERK).then(
        received(
            Channel.LETTER,
            MORNING,
            BIRO,
            items=2,
            has=(Requirement.PHONE,),
            letter=letter,
        )
    ).leaves(addressee=Role.REGIONAL_SECRETARY)


def test_the_agency_cannot_have_a_letter_before_the_regional_secretary():
    held_at = MORNING + HOUR
    letter = replace(LETTER.letter, received_by_regional_secretary_at=held_at)
    Given(agency=BIRO).when(replace(LETTER, letter=letter), by=CLERK).then_refused(
        errors.OutOfOrderError, occurred_at=MORNING, not_before=held_at
    )


@pytest.mark.parametrize("held_at", [None, wita("2026-02-09 10:00")])
def test_a_letter_is_not_received_before_it_was_written(held_at):
    letter = replace(
        LETTER.letter,
        dated=date(2026, 2, 11),
        received_by_regional_secretary_at=held_at,
    )
    Given(agency=BIRO).when(replace(LETTER, letter=letter), by=CLERK).then_refused(
        errors.OutOfOrderError,
        occurred_at=held_at or MORNING,
        not_before=wita("2026-02-11 00:00"),
    )


def test_a_letter_may_come_on_the_day_it_was_written():
    letter = replace(LETTER.letter, dated=date(2026, 2, 10))
    Given().when(replace(LETTER, letter=letter), by=CLERK).leaves(stage=Stage.RECEIVED)


def test_a_report_with_name_and_address_is_received():
    Given().when(REPORT, by=LIAISON).then(
        received(
            Channel.SP4N_LAPOR,
            MORNING,
            has=(Requirement.ADDRESS, Requirement.NAME),
            lapor=REPORT.lapor,
        )
    ).leaves(stage=Stage.RECEIVED, reviewed=None, anonymous=False)


def test_a_report_without_an_address_is_received_as_incomplete():
    nameless = replace(REPORT, has=frozenset({Requirement.NAME}))
    Given().when(nameless, by=LIAISON).leaves(
        stage=Stage.INCOMPLETE, missing=(Requirement.ADDRESS,)
    )


def test_a_reporter_may_stay_anonymous():
    report = replace(REPORT, lapor=replace(REPORT.lapor, anonymous=True))
    Given().when(report, by=LIAISON).leaves(anonymous=True)


def test_a_report_may_be_sent_forwarded_and_received_in_one_moment():
    lapor = replace(REPORT.lapor, submitted_at=MORNING, forwarded_at=MORNING)
    Given().when(replace(REPORT, lapor=lapor), by=LIAISON).leaves(stage=Stage.RECEIVED)


def test_an_sms_to_another_region_is_not_ours():
    strange = replace(REPORT, addressed_to_us=False)
    Given().when(strange, by=LIAISON).then_refused(errors.NotAddressedToUsError)


def test_a_report_is_received_once():
    Given().when(REPORT, by=LIAISON, report_taken_by=CASE).then_refused(
        errors.DuplicateTrackingIdError
    )


@pytest.mark.parametrize(
    ("submitted", "forwarded", "earlier", "later"),
    [
        (MORNING + HOUR, None, MORNING + HOUR, MORNING),
        (MORNING - HOUR, MORNING + HOUR, MORNING + HOUR, MORNING),
        (MORNING - HOUR, MORNING - 2 * HOUR, MORNING - HOUR, MORNING - 2 * HOUR),
    ],
    ids=["before-it-was-sent", "before-it-was-forwarded", "forwarded-before-sent"],
)
def test_a_report_is_sent_then_forwarded_then_received(
    submitted, forwarded, earlier, later
):
    lapor = replace(REPORT.lapor, submitted_at=submitted, forwarded_at=forwarded)
    Given().when(replace(REPORT, lapor=lapor), by=LIAISON).then_refused(
        errors.OutOfOrderError, occurred_at=later, not_before=earlier
    )


@pytest.mark.parametrize(
    ("command", "channel", "by"),
    [
        (VISIT, Channel.FACE_TO_FACE, RECEPTIONIST),
        (LETTER, Channel.LETTER, CLERK),
        (REPORT, Channel.SP4N_LAPOR, LIAISON),
    ],
)
def test_a_channel_that_the_standard_does_not_offer_is_closed(command, channel, by):
    bppd = OFFICES[BPPD]
    channels = replace(bppd.standard.channels, **{channel.value: None})
    without = replace(bppd, standard=replace(bppd.standard, channels=channels))
    Given(office=without).when(command, by=by).then_refused(
        errors.ChannelClosedError, channel=channel
    )


def test_a_case_keeps_the_number_and_the_standard_it_came_in_under():
    Given(agency=BIRO).when(VISIT, by=RECEPTIONIST).leaves(
        registration_number="BPPD-2026-00001",
        standard="biro-organisasi-ntt/data-informasi-publik@1",
        person=UUID(int=PERSON.int),
        last_at=MORNING,
    )
