"""Requests that leave without an answer, or go on somewhere else."""

from datetime import date

import pytest

from domain import commands, errors, events
from domain.values import (
    Channel,
    Clock,
    ClockState,
    DraftKind,
    Outcome,
    Requirement,
    Role,
    Stage,
)
from tests.domain.edge_cases.matter import Matter
from tests.domain.edge_cases.wishes import (
    CLOSE,
    GIVE,
    POST,
    SAY,
    letter,
    receive_letter,
    sign,
    take_back,
    visit,
    write,
)
from tests.domain.offices import (
    ANALYST,
    BIRO,
    BPPD,
    CLERK,
    HEAD,
    RECEPTIONIST,
    SUBDIVISION_HEAD,
)
from tests.domain.scenarios import wita
from tests.domain.words import (
    CASE,
    IDENTITY,
    NEW_CASE,
    PERSON,
    WORDS,
    not_held,
)

FOR_GOOD = "2026-12-31 12:00"
"""Long after every term."""
PHONE = Requirement.PHONE
ASK = commands.RequestCompletion(
    missing=(PHONE,), reply_by=date(2026, 3, 13), medium="pos"
)


def test_withdrawn_after_initials_the_drafts_stay_in_the_history():
    matter = Matter(BIRO)
    receive_letter(matter, "2026-10-12 09:00")
    matter.act(write(), ANALYST, "2026-10-13 09:00")
    matter.act(commands.Approve(draft=1), SUBDIVISION_HEAD, "2026-10-13 14:00")
    matter.act(take_back("telepon, lalu surat"), CLERK, "2026-10-14 10:00")
    assert matter.history()[-3:] == [events.Drafted, events.Approved, events.Withdrawn]
    assert matter.case.outcome is Outcome.WITHDRAWN
    assert matter.case.draft is not None
    assert [one.by for one in matter.case.draft.approvals] == [SUBDIVISION_HEAD]
    matter.refuses(errors.WrongStageError, POST, CLERK, "2026-10-15 09:00")
    matter.act(CLOSE, CLERK, "2026-10-15 09:00")
    states = {face.state for face in matter.clocks(FOR_GOOD).values()}
    assert states == {ClockState.STOPPED}


def test_incomplete_then_completed_the_standard_keeps_its_start_and_the_statute_not():
    matter = Matter()
    matter.act(letter(), CLERK, "2026-03-09 09:00")
    matter.refuses(errors.WrongStageError, GIVE, HEAD, "2026-03-09 10:00")
    matter.act(ASK, CLERK, "2026-03-10 09:00")
    came = commands.ReceiveCompletion(received=frozenset({PHONE}))
    matter.act(came, CLERK, "2026-03-13 11:00")
    assert matter.case.stage is Stage.RECEIVED
    seen = matter.clocks("2026-03-13 12:00")
    assert seen[Clock.COMPLETION].state is ClockState.MET
    assert seen[Clock.STANDARD].starts_at == wita("2026-03-09 09:00")
    assert seen[Clock.STATUTE].starts_at == wita("2026-03-13 11:00")
    # Friday the 13th; Nyepi and Idul Fitri with its collective leave are free.
    assert seen[Clock.STATUTE].due_on == date(2026, 4, 6)
    matter.act(GIVE, HEAD, "2026-03-13 12:00")


def test_incomplete_then_lapsed_only_when_the_day_to_reply_is_over():
    matter = Matter()
    matter.act(letter(), CLERK, "2026-03-09 09:00")
    matter.act(ASK, CLERK, "2026-03-10 09:00")
    lapse = commands.Lapse(notice="Surat pemberitahuan 12")
    matter.refuses(errors.LapseTooEarlyError, lapse, CLERK, "2026-03-13 16:00")
    matter.act(lapse, CLERK, "2026-03-16 08:00")
    assert (matter.case.stage, matter.case.outcome) == (Stage.LAPSED, Outcome.LAPSED)
    matter.act(CLOSE, CLERK, "2026-03-16 08:05")
    assert matter.clocks(FOR_GOOD)[Clock.STATUTE].state is ClockState.STOPPED


def test_not_held_and_the_holder_known_the_request_goes_there():
    matter = Matter()
    receive_letter(matter, "2026-02-10 09:00")
    away = commands.Transfer(
        notice="Surat 21/BPPD/2026", case=CASE, holder="BPS Provinsi NTT"
    )
    matter.act(away, HEAD, "2026-02-12 09:00")
    assert matter.histories[CASE][-1] == events.Transferred(
        notice="Surat 21/BPPD/2026", holder="BPS Provinsi NTT"
    )
    assert matter.case.outcome is Outcome.TRANSFERRED
    assert list(matter.cases) == [CASE]
    matter.act(CLOSE, CLERK, "2026-02-12 10:00")


def test_not_held_and_the_holder_unknown_the_requester_is_told_just_that():
    matter = Matter()
    receive_letter(matter, "2026-02-10 09:00")
    say_so = write(not_held(), kind=DraftKind.NOT_HELD)
    matter.act(say_so, ANALYST, "2026-02-11 09:00")
    sign(matter, "2026-02-12 09:00")
    matter.act(POST, CLERK, "2026-02-13 09:00")
    assert (matter.case.stage, matter.case.outcome) == (
        Stage.DELIVERED,
        Outcome.NOT_HELD,
    )
    # It is no exemption, so nothing is refused (UU 14/2008 art. 6(3) against 17).
    assert events.RefusedAsExempt not in matter.history()
    assert matter.clocks(FOR_GOOD)[Clock.STATUTE].state is ClockState.MET


@pytest.mark.parametrize(("wrong", "right"), [(BPPD, BIRO), (BIRO, BPPD)])
def test_the_wrong_agency_of_the_two_passes_the_letter_to_the_right_one(wrong, right):
    matter = Matter(wrong)
    matter.act(letter(PHONE, items=2), CLERK, "2026-03-11 09:00")
    over = commands.Transfer(
        notice="Nota dinas 4",
        case=CASE,
        to_agency=right,
        new_case=NEW_CASE,
        identity=IDENTITY,
        words=WORDS,
    )
    matter.act(over, HEAD, "2026-03-16 09:00")
    assert matter.case.stage is Stage.TRANSFERRED
    there = matter.cases[NEW_CASE]
    assert (there.agency, there.channel) == (right, Channel.LETTER)
    assert (there.person, there.items, there.stage) == (PERSON, 2, Stage.RECEIVED)
    assert there.addressee is Role.AGENCY_HEAD
    for event in matter.histories[NEW_CASE]:
        assert isinstance(event, events.Received)
        assert event.origin == CASE
    assert matter.clocks(FOR_GOOD)[Clock.STATUTE].state is ClockState.STOPPED
    statute = matter.clocks("2026-03-16 09:00", NEW_CASE)[Clock.STATUTE]
    assert (statute.starts_at, statute.due_on) == (
        wita("2026-03-16 09:00"),
        date(2026, 4, 7),
    )
    matter.act(GIVE, HEAD, "2026-03-16 11:00", case=NEW_CASE)


def test_face_to_face_that_becomes_written_goes_on_as_a_letter_without_the_card():
    matter = Matter(BIRO)
    visit(matter, "2026-11-09 09:30")
    convert = commands.Convert(
        reason="salinan 40 perangkat daerah harus dihimpun",
        new_case=NEW_CASE,
        case=CASE,
        identity=IDENTITY,
        words=WORDS,
    )
    matter.act(convert, ANALYST, "2026-11-09 09:40")
    matter.refuses(errors.WrongStageError, SAY, ANALYST, "2026-11-09 09:41")
    matter.refuses(errors.IdCardHeldError, CLOSE, RECEPTIONIST, "2026-11-09 09:42")
    back = commands.ReturnIdCard(to="visitor")
    matter.act(back, RECEPTIONIST, "2026-11-09 09:43")
    matter.act(CLOSE, RECEPTIONIST, "2026-11-09 09:44")
    seen = matter.clocks("2026-11-09 10:00", NEW_CASE)
    standard = seen[Clock.STANDARD]
    assert (standard.due_on, standard.also_due_on) == (
        date(2026, 11, 16),
        date(2026, 11, 18),
    )
    assert seen[Clock.STATUTE].due_on == date(2026, 11, 23)
    receive_on = commands.Dispose(to=ANALYST)
    matter.act(receive_on, HEAD, "2026-11-09 11:00", case=NEW_CASE)
    matter.act(write(), ANALYST, "2026-11-12 09:00", case=NEW_CASE)
    sign(matter, "2026-11-13 09:00", case=NEW_CASE)
    matter.act(POST, CLERK, "2026-11-13 15:00", case=NEW_CASE)
    assert matter.cases[NEW_CASE].outcome is Outcome.GRANTED
