"""SP4N-LAPOR! has a life of its own beside our case."""

from datetime import date

from domain import commands, events
from domain.values import (
    Clock,
    ClockState,
    ComplaintChannel,
    ComplaintClass,
    ComplaintKind,
    LaporClass,
    Outcome,
    Stage,
)
from tests.domain.edge_cases.matter import Matter
from tests.domain.edge_cases.wishes import (
    CLOSE,
    POST,
    POST_IN_LAPOR,
    lapor_shows,
    receive_letter,
    receive_report,
    report,
    review,
    sign,
    write,
)
from tests.domain.offices import ANALYST, BIRO, CLERK, HEAD, LIAISON
from tests.domain.scenarios import wita
from tests.domain.words import CASE, COMPLAINT, DOCUMENT, NEW_CASE, PERSON

ANSWERED = "2026-08-26 10:00"
"""Its tenth working day is the 9th of September."""


def posted() -> Matter:
    """A report whose answer stands in SP4N-LAPOR!."""
    matter = Matter()
    receive_report(matter, "2026-08-18 09:00")
    matter.act(write(), ANALYST, "2026-08-20 09:00")
    sign(matter, "2026-08-24 09:00")
    matter.act(POST_IN_LAPOR, LIAISON, ANSWERED)
    return matter


def test_lapor_auto_close_while_our_case_is_open_closes_nothing_here():
    matter = Matter()
    receive_report(matter, "2026-08-18 09:00")
    matter.act(write(), ANALYST, "2026-08-20 09:00")
    matter.act(lapor_shows("Selesai", "2026-08-21 00:00"), LIAISON, "2026-08-21 08:00")
    before = matter.case
    assert before.stage is Stage.DRAFTED
    standard = matter.clocks("2026-08-21 08:00")[Clock.STANDARD]
    assert (standard.state, standard.due_on) == (ClockState.RUNNING, date(2026, 8, 26))
    sign(matter, "2026-08-24 09:00")
    matter.act(POST_IN_LAPOR, LIAISON, ANSWERED)
    assert matter.case.stage is Stage.DELIVERED


def test_lapor_auto_close_after_our_answer_is_followed_by_a_person():
    matter = posted()
    over = matter.clocks(ANSWERED)[Clock.LAPOR_AUTO_CLOSE]
    assert over.due_at == wita("2026-09-10 00:00")
    matter.act(lapor_shows("Selesai", "2026-09-10 00:00"), LIAISON, "2026-09-10 08:00")
    before = matter.case
    assert before.stage is Stage.DELIVERED
    matter.act(CLOSE, LIAISON, "2026-09-10 08:05")
    assert matter.case.stage is Stage.CLOSED


def test_the_reporter_replies_on_day_10_and_is_answered_once_more():
    matter = posted()
    reply = lapor_shows("Dibalas pelapor", "2026-09-09 23:30")
    matter.act(reply, LIAISON, "2026-09-09 23:45")
    seen = matter.clocks("2026-09-09 23:45")
    assert seen[Clock.LAPOR_AUTO_CLOSE].state is ClockState.RUNNING
    matter.act(commands.Reopen(reason="balasan pelapor"), HEAD, "2026-09-10 08:00")
    matter.act(write(), ANALYST, "2026-09-11 09:00")
    sign(matter, "2026-09-14 09:00", draft=2)
    matter.act(POST_IN_LAPOR, LIAISON, "2026-09-14 10:00")
    assert matter.history().count(events.Delivered) == 2
    seen = matter.clocks("2026-09-14 10:00")
    # The ten working days of silence are counted from the second answer.
    assert seen[Clock.LAPOR_AUTO_CLOSE].due_on == date(2026, 9, 28)
    assert seen[Clock.STANDARD].met_at == wita(ANSWERED)


def test_a_report_sent_back_bukan_wewenang_leaves_with_the_body_it_belongs_to():
    matter = Matter()
    matter.act(report("2026-08-18 09:00"), LIAISON, "2026-08-18 10:00")
    matter.act(review(), LIAISON, "2026-08-18 10:30")
    not_ours = commands.Transfer(
        notice="bukan wewenang: dikembalikan melalui SP4N-LAPOR!",
        case=CASE,
        holder="Kantor Imigrasi Atambua",
    )
    matter.act(not_ours, HEAD, "2026-08-19 09:00")
    shows = lapor_shows("Bukan wewenang", "2026-08-19 09:10")
    matter.act(shows, LIAISON, "2026-08-19 09:15")
    matter.act(CLOSE, LIAISON, "2026-08-19 09:20")
    assert matter.case.outcome is Outcome.TRANSFERRED
    assert events.Delivered not in matter.history()
    seen = matter.clocks("2026-12-31 12:00")
    assert {face.state for face in seen.values()} == {ClockState.STOPPED}


def test_a_duplicate_by_letter_and_lapor_has_one_answer_that_both_deliver():
    matter = Matter()
    receive_letter(matter, "2026-08-18 09:00")
    receive_report(matter, "2026-08-18 11:00", case=NEW_CASE)
    linked = commands.Dispose(
        to=ANALYST,
        instructions=(f"gabung dengan {matter.case.registration_number}",),
    )
    matter.act(linked, HEAD, "2026-08-19 09:00", case=NEW_CASE)
    for case in (CASE, NEW_CASE):
        matter.act(write(), ANALYST, "2026-08-20 09:00", case=case)
        sign(matter, "2026-08-21 09:00", case=case)
    matter.act(POST, CLERK, "2026-08-24 09:00")
    matter.act(POST_IN_LAPOR, LIAISON, "2026-08-24 09:30", case=NEW_CASE)
    for case in (CASE, NEW_CASE):
        standing = matter.cases[case]
        assert (standing.person, standing.stage) == (PERSON, Stage.DELIVERED)
        assert standing.draft is not None
        assert standing.draft.document == DOCUMENT
        assert matter.clocks(ANSWERED, case)[Clock.STANDARD].state is ClockState.MET


def test_a_report_that_accuses_an_officer_becomes_a_supervisory_complaint():
    matter = Matter(BIRO)
    matter.act(report("2026-11-02 09:00"), LIAISON, "2026-11-02 10:00")
    matter.act(review(LaporClass.COMPLAINT), LIAISON, "2026-11-02 10:30")
    assert matter.case.stage is Stage.CLOSED
    assert matter.case.outcome is None
    opened = matter.complaint.opened
    assert (opened.channel, opened.case) == (ComplaintChannel.SP4N_LAPOR, CASE)
    sorted_as = commands.ClassifyComplaint(classified=ComplaintClass.SUPERVISORY)
    matter.act(sorted_as, LIAISON, "2026-11-03 09:00")
    assert matter.complaint.kind is ComplaintKind.SUPERVISORY
    assert matter.history(COMPLAINT)[-1] is events.ComplaintClassified
