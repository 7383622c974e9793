"""A complaint is classified, followed up, answered and closed (penanganan)."""

from datetime import date, datetime

import pytest
from msgspec.structs import replace

from domain import commands, complaining, complaint, errors, events
from domain.complaint import Complaint
from domain.facts import By, facts
from domain.office import Act, Office
from domain.values import (
    Clock,
    ClockState,
    ComplaintChannel,
    ComplaintClass,
    ComplaintKind,
    ComplaintStage,
    OfficialId,
    Role,
)
from tests.domain.offices import (
    ANALYST,
    BPPD,
    CLERK,
    DIVISION_HEAD,
    HEAD,
    OFFICES,
    OTHER_ANALYST,
    RETIRED,
    SEKDA,
)
from tests.domain.scenarios import MINUTE, MORNING, wita
from tests.domain.words import DOCUMENT, PERSON, TOLD, WORDS, complaint_term

OFFICE = OFFICES[BPPD]
OFFICER: OfficialId = OTHER_ANALYST
"""Whoever it is: the authority table knows the roles."""

CLASSIFY = commands.ClassifyComplaint(classified=ComplaintClass.NOT_SUPERVISORY)
SUPERVISE = commands.ClassifyComplaint(classified=ComplaintClass.SUPERVISORY)
FOLLOW_UP = commands.FollowUpComplaint(action="petugas ditegur")
ANSWER = commands.AnswerComplaint(text=TOLD, document=DOCUMENT)
CLOSE = commands.CloseComplaint(reason="selesai")
TO_STAGE: dict[ComplaintStage, tuple[commands.ComplaintCommand, ...]] = {
    ComplaintStage.OPENED: (),
    ComplaintStage.CLASSIFIED: (CLASSIFY,),
    ComplaintStage.FOLLOWED_UP: (CLASSIFY, FOLLOW_UP),
    ComplaintStage.ANSWERED: (CLASSIFY, FOLLOW_UP, ANSWER),
    ComplaintStage.CLOSED: (CLASSIFY, ANSWER, CLOSE),
}


def opened(
    channel: ComplaintChannel = ComplaintChannel.IN_PERSON,
    about: OfficialId | None = None,
    at: datetime = MORNING,
    office: Office = OFFICE,
) -> Complaint:
    """A complaint as it was taken in."""
    command = commands.Complain(
        complaint=PERSON,
        channel=channel,
        category="layanan",
        anonymous=False,
        confidential=True,
        words=WORDS,
        person=PERSON,
        about=about,
    )
    event = complaining.opened(command, act(OFFICER, at), office)
    return complaint.evolve(None, event, By(official=OFFICER, at=at))


def act(by: OfficialId, at: datetime, told_at: datetime | None = None) -> Act:
    official = OFFICE.directory.officials[by, BPPD]
    return Act(
        official=official,
        role=official.roles[0],
        occurred_at=at,
        recorded_at=told_at or at,
    )


def decided(
    given: Complaint,
    command: commands.ComplaintCommand,
    by: OfficialId = OFFICER,
    at: datetime | None = None,
) -> tuple[events.AnyEvent, ...]:
    said = act(by, at or given.last_at + MINUTE)
    return tuple(
        fact.event for fact in complaining.decide(given, command, said, OFFICE)
    )


def after(
    given: Complaint,
    *wishes: commands.ComplaintCommand,
    by: OfficialId = OFFICER,
    at: datetime | None = None,
) -> Complaint:
    for command in wishes:
        when = at or given.last_at + MINUTE
        for event in decided(given, command, by, when):
            assert isinstance(event, events.COMPLAINT_EVENTS)
            given = complaint.evolve(given, event, By(official=by, at=when))
    return given


def clocks(given: Complaint, now: datetime) -> dict[Clock, ClockState]:
    return {clock.due.clock: clock.state(now) for clock in given.clocks}


def due_on(given: Complaint, clock: Clock = Clock.COMPLAINT) -> date:
    return next(one.due.due_on for one in given.clocks if one.due.clock is clock)


@pytest.mark.parametrize(
    ("classified", "days", "last"),
    [
        (ComplaintClass.NOT_SUPERVISORY, 14, date(2026, 11, 30)),
        (ComplaintClass.SUPERVISORY, 60, date(2027, 2, 9)),
    ],
)
def test_its_class_gives_a_complaint_its_working_days(classified, days, last):
    at = wita("2026-11-10 09:00")
    given = opened(at=at)
    assert due_on(given) == date(2027, 1, 9)
    command = commands.ClassifyComplaint(classified=classified)
    (event,) = decided(given, command, at=at)
    assert isinstance(event, events.ComplaintClassified)
    (due,) = event.due
    assert (due.clock, due.length, due.starts_at) == (Clock.COMPLAINT, days, at)
    now = after(given, command, at=at)
    assert (now.stage, now.classified) == (ComplaintStage.CLASSIFIED, classified)
    assert due_on(now) == last


def test_a_complaint_may_turn_out_to_be_of_the_other_class_until_it_is_answered():
    for stage, path in TO_STAGE.items():
        given = after(opened(), *path)
        if stage in complaining.UNANSWERED:
            again = after(given, SUPERVISE)
            assert again.stage is ComplaintStage.CLASSIFIED
            assert again.kind is ComplaintKind.SUPERVISORY
            assert after(again, CLASSIFY).kind is ComplaintKind.ORDINARY
            continue
        must_be_out_of_place(given, SUPERVISE, complaining.UNANSWERED)


@pytest.mark.parametrize("command", [FOLLOW_UP, ANSWER])
def test_nothing_is_done_about_a_complaint_before_it_is_classified(command):
    for stage, path in TO_STAGE.items():
        given = after(opened(), *path)
        if stage not in complaining.HANDLED:
            must_be_out_of_place(given, command, complaining.HANDLED)


def test_a_complaint_is_closed_after_its_answer_and_once():
    for stage, path in TO_STAGE.items():
        given = after(opened(), *path)
        if stage is not ComplaintStage.ANSWERED:
            must_be_out_of_place(given, CLOSE, (ComplaintStage.ANSWERED,))
    closed = after(opened(), CLASSIFY, ANSWER, CLOSE)
    assert closed.stage is ComplaintStage.CLOSED


def must_be_out_of_place(
    given: Complaint,
    command: commands.ComplaintCommand,
    allowed: tuple[ComplaintStage, ...],
) -> None:
    with pytest.raises(errors.WrongComplaintStageError) as refused:
        decided(given, command)
    assert refused.value.facts() == {"stage": given.stage, "allowed": allowed}


def test_what_was_done_and_answered_stands_in_the_history():
    given = after(opened(), CLASSIFY)
    said = act(OFFICER, given.last_at)
    assert complaining.decide(given, FOLLOW_UP, said, OFFICE) == facts(
        events.ComplaintFollowedUp(action="petugas ditegur")
    )
    assert complaining.decide(given, ANSWER, said, OFFICE) == facts(
        events.ComplaintAnswered(text=TOLD, document=DOCUMENT)
    )
    given = after(given, ANSWER)
    assert decided(given, CLOSE) == (events.ComplaintClosed(reason="selesai"),)


@pytest.mark.parametrize("command", [FOLLOW_UP, ANSWER])
def test_a_report_is_followed_up_within_five_working_days(command):
    given = after(opened(ComplaintChannel.SP4N_LAPOR), CLASSIFY)
    assert due_on(given, Clock.LAPOR_FOLLOW_UP) == date(2026, 2, 19)
    done = clocks(after(given, command), MORNING)
    assert done[Clock.LAPOR_FOLLOW_UP] is ClockState.MET
    late = after(given, command, at=wita("2026-02-20 00:00"))
    assert clocks(late, late.last_at)[Clock.LAPOR_FOLLOW_UP] is ClockState.MISSED


def test_a_follow_up_does_not_answer_the_complaint():
    given = after(opened(), CLASSIFY, FOLLOW_UP)
    assert clocks(given, given.last_at) == {Clock.COMPLAINT: ClockState.RUNNING}
    given = after(given, ANSWER, CLOSE)
    assert clocks(given, given.last_at) == {Clock.COMPLAINT: ClockState.MET}


def test_sorting_a_complaint_too_late_does_not_make_up_for_it():
    given = opened()
    day_61 = complaint_term(MORNING).due_at
    in_time = after(given, CLASSIFY, at=day_61 - MINUTE)
    assert clocks(in_time, day_61) == {Clock.COMPLAINT: ClockState.RUNNING}
    late = after(given, CLASSIFY, at=day_61)
    assert clocks(late, day_61) == {Clock.COMPLAINT: ClockState.MISSED}
    again = after(late, SUPERVISE, ANSWER)
    assert clocks(again, day_61) == {Clock.COMPLAINT: ClockState.MISSED}


def test_a_classification_told_too_late_does_not_make_up_for_it():
    given = opened()
    day_61 = complaint_term(MORNING).due_at
    on_day_60 = day_61 - MINUTE
    for told_at, missed in ((on_day_60, ()), (day_61, (Clock.COMPLAINT,))):
        said = act(OFFICER, given.last_at + MINUTE, told_at)
        (fact,) = complaining.decide(given, CLASSIFY, said, OFFICE)
        assert isinstance(fact.event, events.ComplaintClassified)
        assert fact.event.missed == missed


@pytest.mark.parametrize("command", [CLASSIFY, SUPERVISE])
def test_a_complaint_is_not_given_the_class_it_has(command):
    given = after(opened(), command)
    for path in ((), (FOLLOW_UP,)):
        with pytest.raises(errors.AlreadyClassifiedError) as refused:
            decided(after(given, *path), command)
        assert refused.value.facts() == {"classified": command.classified}


def test_another_class_counts_from_the_day_of_the_first():
    first = wita("2026-11-10 09:00")
    given = opened(at=first)
    for command, last in (
        (SUPERVISE, date(2027, 2, 9)),
        (CLASSIFY, date(2026, 11, 30)),
        (SUPERVISE, date(2027, 2, 9)),
    ):
        given = after(given, command)
        assert due_on(given) == last
        assert clocks(given, given.last_at) == {Clock.COMPLAINT: ClockState.RUNNING}


def test_a_class_of_fewer_days_may_be_over_when_it_is_given():
    given = after(opened(at=wita("2026-11-10 09:00")), SUPERVISE)
    for at, state in (
        (wita("2026-11-30 23:59"), ClockState.RUNNING),
        (wita("2026-12-01 00:00"), ClockState.MISSED),
    ):
        assert clocks(after(given, CLASSIFY, at=at), at) == {Clock.COMPLAINT: state}


@pytest.mark.parametrize("channel", ComplaintChannel)
def test_a_complaint_about_the_head_is_the_regional_secretarys(channel):
    given = opened(channel, about=HEAD)
    assert given.kind is ComplaintKind.ABOUT_HEAD
    assert after(given, CLASSIFY, by=SEKDA).kind is ComplaintKind.ABOUT_HEAD
    supervised = after(given, SUPERVISE, by=SEKDA)
    assert supervised.kind is ComplaintKind.SUPERVISORY


@pytest.mark.parametrize("about", [None, DIVISION_HEAD, SEKDA])
def test_any_other_complaint_is_the_agencys_own_until_it_is_supervisory(about):
    given = opened(about=about)
    assert given.kind is ComplaintKind.ORDINARY
    assert after(given, CLASSIFY).kind is ComplaintKind.ORDINARY
    assert after(given, SUPERVISE).kind is ComplaintKind.SUPERVISORY


def handled_by(*officers: OfficialId) -> Office:
    """The office whose complaint officers these are."""
    known = dict(OFFICE.directory.officials)
    for one in officers:
        official = known[one, BPPD]
        roles = (*official.roles, Role.COMPLAINT_OFFICER)
        known[one, BPPD] = replace(official, roles=roles)
    return replace(OFFICE, directory=replace(OFFICE.directory, officials=known))


@pytest.mark.parametrize(
    ("officers", "about", "kind"),
    [
        ((OFFICER,), OFFICER, ComplaintKind.ABOUT_ONLY_OFFICER),
        ((OFFICER, RETIRED), OFFICER, ComplaintKind.ABOUT_ONLY_OFFICER),
        ((OFFICER, CLERK), OFFICER, ComplaintKind.ORDINARY),
        ((OFFICER,), CLERK, ComplaintKind.ORDINARY),
        ((HEAD,), HEAD, ComplaintKind.ABOUT_HEAD),
        ((), OFFICER, ComplaintKind.ORDINARY),
    ],
)
def test_a_complaint_about_who_alone_would_handle_it_is_somebody_elses(
    officers, about, kind
):
    given = opened(about=about, office=handled_by(*officers))
    assert given.kind is kind
    assert after(given, CLASSIFY, by=SEKDA).kind is kind
    assert after(given, SUPERVISE, by=SEKDA).kind is ComplaintKind.SUPERVISORY


def test_nobody_handles_a_complaint_about_himself():
    for path in TO_STAGE.values():
        given = after(opened(about=ANALYST), *path)
        for command in (CLASSIFY, FOLLOW_UP, ANSWER, CLOSE):
            with pytest.raises(errors.ComplainedOfError):
                decided(given, command, by=ANALYST)


def test_nothing_is_done_about_a_complaint_before_its_last_act():
    given = after(opened(), CLASSIFY)
    with pytest.raises(errors.OutOfOrderError):
        decided(given, FOLLOW_UP, at=given.last_at - MINUTE)


def test_a_complaint_keeps_whether_it_is_anonymous_and_confidential():
    given = after(opened(), SUPERVISE, FOLLOW_UP, ANSWER, CLOSE)
    assert (given.opened.anonymous, given.opened.confidential) == (False, True)
