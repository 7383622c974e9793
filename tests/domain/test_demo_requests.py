"""Ten invented requests from receipt to end, with the dates worked out by hand.

Due dates were counted with the joint decrees of 2026 apart from the program.
"""

from datetime import date
from uuid import uuid4

import pytest

from domain import commands, errors, events
from domain.events import PickupContact
from domain.values import (
    Capacity,
    Clock,
    ClockState,
    DeliveryMeans,
    DraftKind,
    LaporClass,
    LaporMedium,
    MissedPickup,
    NoticeMeans,
    Outcome,
    Requirement,
    Role,
    Stage,
    VisitOutcome,
)
from tests.domain.offices import (
    ANALYST,
    BIRO,
    BPPD,
    CLERK,
    DIVISION_HEAD,
    HEAD,
    LIAISON,
    RECEPTIONIST,
    SEKDA,
    SUBDIVISION_HEAD,
)
from tests.domain.scenarios import wita
from tests.domain.story import Story
from tests.domain.watch import shown
from tests.domain.words import (
    IDENTITY,
    KIP_17C,
    KIP_17H,
    PERSON,
    WORDS,
    granted,
    not_documented,
)


def test_1_a_visitor_is_answered_within_the_fifteen_minutes():
    story = Story(BIRO)
    story.visit("2026-02-10 09:05")
    story.direct(DIVISION_HEAD, "2026-02-10 09:07")
    say = commands.Deliver(how=DeliveryMeans.ORAL)
    story.act(say, DIVISION_HEAD, "2026-02-10 09:17")
    story.finish_visit("2026-02-10 09:19")
    assert story.case.outcome is Outcome.GRANTED
    standard = story.clock(Clock.STANDARD, wita("2026-02-11 00:00"))
    assert standard.state is ClockState.MET


def test_2_what_takes_as_long_as_needed_is_no_breach():
    story = Story(BPPD)
    story.visit("2026-02-11 10:00")
    story.direct(ANALYST, "2026-02-11 10:02")
    story.act(commands.Deliver(how=DeliveryMeans.ORAL), ANALYST, "2026-02-11 10:42")
    overrun = commands.NoteOverrun(reason="sesuai kebutuhan")
    story.act(overrun, ANALYST, "2026-02-11 10:42")
    story.finish_visit("2026-02-11 10:45")
    standard = story.clock(Clock.STANDARD, wita("2026-02-12 00:00"))
    assert (standard.soft, standard.state) == (True, ClockState.MISSED)
    statute = story.clock(Clock.STATUTE, wita("2026-12-31 00:00"))
    assert statute.state is ClockState.MET


@pytest.mark.parametrize(
    ("agency", "basis"), [(BPPD, KIP_17C), (BIRO, KIP_17H)], ids=["3", "4"]
)
def test_3_and_4_a_visitor_is_refused_with_the_law_s_reason(agency, basis):
    story = Story(agency)
    story.visit("2026-02-12 09:00")
    story.direct(ANALYST, "2026-02-12 09:05")
    refuse = commands.RefuseAtCounter(legal_basis=(basis,), reason="dikecualikan")
    story.act(refuse, ANALYST, "2026-02-12 09:10")
    assert story.case.stage is Stage.REFUSED
    story.finish_visit("2026-02-12 09:15")
    assert story.case.outcome is Outcome.REFUSED_AS_EXEMPT
    seen = shown(story.case, wita("2026-02-12 10:00"))
    assert seen[Clock.STATUTE].state is ClockState.MET
    assert seen[Clock.OBJECTION].starts_at == wita("2026-02-12 09:10")


def test_5_a_visitor_without_identity_stands_in_the_guest_book_only():
    story = Story(BIRO)
    with pytest.raises(errors.RequirementNotMetError):
        story.visit("2026-02-13 09:00", card=None, has=frozenset())
    note = commands.NoteVisit(
        outcome=VisitOutcome.NO_IDENTITY, person=PERSON, words=WORDS
    )
    story.act(note, RECEPTIONIST, "2026-02-13 09:05")
    assert not story.register.cases
    assert story.register.numbers[BIRO] == []


def test_5_any_other_valid_card_serves_as_well():
    story = Story(BIRO)
    story.visit("2026-02-13 09:00", card="student_card")
    assert story.case.registration_number == "BO-2026-00001"


def test_8_a_phone_number_alone_makes_a_letter_complete():
    story = Story(BPPD)
    story.letter("2026-02-10 09:00", Requirement.PHONE, Role.AGENCY_HEAD)
    assert story.case.stage is Stage.RECEIVED
    seen = shown(story.case, wita("2026-02-10 09:00"))
    standard = seen[Clock.STANDARD]
    assert (standard.due_on, standard.also_due_on) == (
        date(2026, 2, 17),
        date(2026, 2, 23),
    )
    assert seen[Clock.STATUTE].due_on == date(2026, 2, 26)


def test_10_a_letter_returned_once_is_approved_anew_and_posted_on_its_last_day():
    story = Story(BPPD)
    proof = Requirement.INSTITUTION_IDENTITY
    story.letter("2026-04-06 09:00", proof, Role.AGENCY_HEAD)
    story.act(commands.Dispose(to=ANALYST), HEAD, "2026-04-06 11:00")
    story.write(granted(), DraftKind.ANSWER, "2026-04-07 09:00")
    story.act(commands.Approve(draft=1), SUBDIVISION_HEAD, "2026-04-07 10:00")
    back = commands.ReturnForCorrection(draft=1, notes="tabel 2")
    story.act(back, DIVISION_HEAD, "2026-04-07 11:00")
    assert story.case.stage is Stage.RETURNED
    story.write(granted(), DraftKind.ANSWER, "2026-04-08 09:00")
    story.approve("2026-04-09 09:00", draft=2)
    post = commands.Deliver(how=DeliveryMeans.POST, letter_number="005/12/BPPD")
    story.act(post, CLERK, "2026-04-13 15:00")
    standard = story.clock(Clock.STANDARD, wita("2026-12-31 00:00"))
    assert standard.due_on == date(2026, 4, 13)
    assert standard.state is ClockState.MET


def test_13_what_was_never_documented_is_no_refusal():
    story = Story(BIRO)
    story.letter("2026-07-07 09:00", Requirement.PHONE, Role.REGIONAL_SECRETARY)
    story.act(commands.Dispose(to=HEAD), SEKDA, "2026-07-07 10:00")
    story.act(commands.Dispose(to=ANALYST), HEAD, "2026-07-07 11:00")
    story.write(not_documented(), DraftKind.NOT_DOCUMENTED, "2026-07-08 09:00")
    on_behalf = commands.Approve(draft=1, capacity=Capacity.ON_BEHALF, acting_for=SEKDA)
    story.approve("2026-07-09 09:00", head=on_behalf)
    story.act(commands.Deliver(how=DeliveryMeans.POST), CLERK, "2026-07-10 09:00")
    assert story.case.outcome is Outcome.NOT_DOCUMENTED
    history = story.register.histories[story.id]
    assert not any(isinstance(line.event, events.RefusedAsExempt) for line in history)
    objection = story.clock(Clock.OBJECTION, wita("2026-07-10 10:00"))
    assert objection.starts_at == wita("2026-07-10 09:00")


@pytest.mark.parametrize("then", MissedPickup)
def test_16_a_book_that_nobody_collects_is_posted_or_the_case_closed(then):
    story = Story(BPPD)
    story.letter("2026-10-05 09:00", Requirement.PHONE, Role.AGENCY_HEAD)
    story.act(commands.Dispose(to=ANALYST), HEAD, "2026-10-05 10:00")
    story.write(granted(), DraftKind.COVER, "2026-10-06 09:00")
    story.approve("2026-10-06 10:00")
    tries = tuple(
        PickupContact(at=wita(f"2026-10-0{day} 09:00"), medium="telepon", result="-")
        for day in (6, 7, 8)
    )
    call = commands.ArrangePickup(contacts=tries, collect_by=date(2026, 10, 12))
    story.act(call, CLERK, "2026-10-08 09:05")
    miss = commands.RecordMissedPickup(then=then)
    story.act(miss, CLERK, "2026-10-12 16:00")
    if then is MissedPickup.CLOSE:
        assert story.case.stage is Stage.CLOSED
        return
    story.act(commands.Deliver(how=DeliveryMeans.POST), CLERK, "2026-10-12 16:30")
    assert story.case.stage is Stage.DELIVERED
    standard = story.clock(Clock.STANDARD, wita("2026-12-31 00:00"))
    assert (standard.due_on, standard.state) == (date(2026, 10, 12), ClockState.MET)


def test_18_a_report_is_posted_on_its_last_day_and_finished_two_weeks_later():
    story = Story(BPPD)
    receive = commands.ReceiveReport(
        person=PERSON,
        identity=IDENTITY,
        words=WORDS,
        items=1,
        has=frozenset({Requirement.NAME, Requirement.ADDRESS}),
        lapor=events.LaporReceipt(
            tracking_id="7654321",
            medium=LaporMedium.WEB,
            submitted_at=wita("2026-08-18 09:00"),
        ),
    )
    story.act(receive, LIAISON, "2026-08-18 10:00")
    review = commands.ReviewReport(
        case=story.id,
        summary=WORDS,
        classified=LaporClass.INFORMATION_REQUEST,
        complaint=uuid4(),
        words=WORDS,
    )
    story.act(review, LIAISON, "2026-08-18 11:00")
    story.act(commands.Dispose(to=ANALYST), HEAD, "2026-08-19 09:00")
    story.write(granted(), DraftKind.ANSWER, "2026-08-20 09:00")
    story.approve("2026-08-24 09:00")
    post = commands.Deliver(how=DeliveryMeans.LAPOR_POST, notified_by=NoticeMeans.EMAIL)
    story.act(post, LIAISON, "2026-08-26 10:00")
    seen = shown(story.case, wita("2026-08-26 10:00"))
    standard = seen[Clock.STANDARD]
    assert (standard.due_on, standard.also_due_on) == (
        date(2026, 8, 26),
        date(2026, 8, 31),
    )
    assert standard.state is ClockState.MET
    assert seen[Clock.LAPOR_AUTO_CLOSE].due_on == date(2026, 9, 9)
    status = commands.ImportLaporStatus(status="Selesai", at=wita("2026-09-09 00:00"))
    story.act(status, LIAISON, "2026-09-09 08:00")
    story.act(commands.Close(reason="tanpa balasan"), LIAISON, "2026-09-09 08:05")
    assert story.case.stage is Stage.CLOSED
