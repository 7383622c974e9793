"""Cards at reception, and answers that nobody comes for."""

from datetime import date

from domain import commands, errors, events
from domain.values import (
    Clock,
    ClockState,
    ComplaintStage,
    DraftKind,
    MissedPickup,
    Outcome,
    Stage,
)
from tests.domain.edge_cases.matter import Matter
from tests.domain.edge_cases.wishes import (
    CLOSE,
    POST,
    SAY,
    call,
    complain,
    receive_letter,
    sign,
    take_back,
    visit,
    write,
)
from tests.domain.offices import ANALYST, BPPD, CLERK, RECEPTIONIST
from tests.domain.words import CASE, COMPLAINT, TOLD, granted

BACK = commands.ReturnIdCard(to="visitor")
UNREACHED = (
    ("2026-10-06 09:00", "tidak diangkat"),
    ("2026-10-07 09:00", "tidak diangkat"),
    ("2026-10-08 09:00", "tidak diangkat"),
)


def test_the_card_not_returned_at_closing_time_keeps_the_visit_open():
    matter = Matter(BPPD)
    visit(matter, "2026-11-09 15:40")
    matter.act(SAY, ANALYST, "2026-11-09 15:50")
    matter.refuses(errors.IdCardHeldError, CLOSE, RECEPTIONIST, "2026-11-09 16:00")
    assert matter.case.holds_id_card
    assert matter.clocks("2026-11-09 16:00")[Clock.STANDARD].state is ClockState.MET
    matter.act(BACK, RECEPTIONIST, "2026-11-10 08:10")
    matter.act(CLOSE, RECEPTIONIST, "2026-11-10 08:11")
    assert matter.case.stage is Stage.CLOSED


def test_a_complaint_about_the_card_that_was_not_returned_hangs_on_the_open_visit():
    matter = Matter(BPPD)
    visit(matter, "2026-11-09 15:40")
    matter.act(SAY, ANALYST, "2026-11-09 15:50")
    matter.act(complain(case=CASE), RECEPTIONIST, "2026-11-10 08:00")
    assert matter.history()[-1] is events.Complained
    assert matter.case.holds_id_card
    matter.refuses(errors.IdCardHeldError, CLOSE, RECEPTIONIST, "2026-11-10 08:05")
    matter.act(BACK, RECEPTIONIST, "2026-11-10 08:10")
    matter.act(CLOSE, RECEPTIONIST, "2026-11-10 08:11")
    # What was done about the card does not answer the complaint.
    assert matter.complaint.stage is ComplaintStage.OPENED
    (clock,) = matter.complaint.clocks
    assert clock.due.due_on == date(2027, 1, 9)


def test_the_visitor_leaves_unserved_the_request_is_withdrawn_and_the_card_waits():
    matter = Matter(BPPD)
    visit(matter, "2026-11-09 09:00")
    gone = take_back("pergi sebelum dilayani")
    matter.act(gone, RECEPTIONIST, "2026-11-09 10:30")
    assert matter.case.outcome is Outcome.WITHDRAWN
    matter.refuses(errors.WrongStageError, SAY, ANALYST, "2026-11-09 10:31")
    matter.refuses(errors.IdCardHeldError, CLOSE, RECEPTIONIST, "2026-11-09 16:00")
    fetched = commands.ReturnIdCard(to="proxy", told=TOLD)
    matter.act(fetched, RECEPTIONIST, "2026-11-11 09:00")
    matter.act(CLOSE, RECEPTIONIST, "2026-11-11 09:01")


def test_the_wrong_card_handed_back_stands_in_the_history_and_opens_a_complaint():
    matter = Matter(BPPD)
    visit(matter, "2026-11-09 09:00")
    matter.act(SAY, ANALYST, "2026-11-09 09:10")
    to_another = commands.ReturnIdCard(to="other", told=TOLD)
    matter.act(to_another, RECEPTIONIST, "2026-11-09 09:12")
    matter.act(complain(case=CASE), RECEPTIONIST, "2026-11-09 09:30")
    assert matter.histories[CASE][-2:] == [
        events.IdCardReturned(to="other", told=TOLD),
        events.Complained(complaint=COMPLAINT, channel=complain().channel),
    ]
    matter.refuses(errors.NoIdCardHeldError, BACK, RECEPTIONIST, "2026-11-09 11:00")
    matter.act(CLOSE, RECEPTIONIST, "2026-11-09 16:00")
    assert matter.complaint.stage is ComplaintStage.OPENED


def awaited() -> Matter:
    """A printed book lies at the desk; three calls were not answered."""
    matter = Matter()
    receive_letter(matter, "2026-10-05 09:00")
    matter.act(write(granted(), kind=DraftKind.COVER), ANALYST, "2026-10-06 08:00")
    sign(matter, "2026-10-06 08:30")
    calls = call(*UNREACHED, collect_by=date(2026, 10, 12))
    matter.act(calls, CLERK, "2026-10-08 09:05")
    return matter


def test_the_pickup_not_collected_after_n_contacts_the_answer_is_posted():
    matter = awaited()
    miss = commands.RecordMissedPickup(then=MissedPickup.POST)
    matter.act(miss, CLERK, "2026-10-12 14:00")
    assert matter.case.stage is Stage.APPROVED
    matter.act(POST, CLERK, "2026-10-12 15:00")
    standard = matter.clocks("2026-12-31 12:00")[Clock.STANDARD]
    assert (standard.due_on, standard.state) == (date(2026, 10, 12), ClockState.MET)


def test_the_pickup_not_collected_after_n_contacts_the_case_is_closed_with_a_note():
    matter = awaited()
    miss = commands.RecordMissedPickup(then=MissedPickup.CLOSE)
    matter.act(miss, CLERK, "2026-10-12 16:00")
    assert matter.case.stage is Stage.CLOSED
    assert matter.case.outcome is Outcome.GRANTED
    assert events.Delivered not in matter.history()
    # What is closed owes nothing, so it is not overdue for ever after.
    states = {face.state for face in matter.clocks("2026-12-31 12:00").values()}
    assert states == {ClockState.STOPPED}
    matter.refuses(errors.WrongStageError, POST, CLERK, "2026-10-13 09:00")


def test_the_phone_unreachable_every_attempt_stands_with_its_time_and_result():
    matter = awaited()
    told = matter.histories[CASE][-1]
    assert isinstance(told, events.PickupArranged)
    assert [one.result for one in told.contacts] == ["tidak diangkat"] * 3
    assert len({one.at for one in told.contacts}) == 3
    # An attempt reaches nobody: the answer is owed until it is fetched or sent.
    assert matter.clocks("2026-10-13 00:00")[Clock.STANDARD].state is ClockState.MISSED
    fetched = commands.RecordCollection(by="requester")
    matter.act(fetched, CLERK, "2026-10-14 10:00")
    assert matter.case.stage is Stage.DELIVERED
