"""The liaison reviews a report before it goes to the head (telaah)."""

import pytest
from msgspec.structs import replace

from domain import commands, errors, events
from domain.facts import Fact
from domain.standard import ComplaintDoor
from domain.values import (
    Channel,
    Clock,
    ComplaintChannel,
    DayKind,
    LaporClass,
    Stage,
)
from tests.domain.offices import BPPD, LIAISON, OFFICES
from tests.domain.past import reviewed
from tests.domain.receipts import lettered, reported, visited
from tests.domain.scenarios import MINUTE, MORNING, Given
from tests.domain.stages import REPORTS, outside
from tests.domain.words import (
    CASE,
    COMPLAINT,
    IDENTITY,
    PERSON,
    complaint_term,
    lapor_follow_up,
)

SUMMARY = "5" * 64
TEXT = "6" * 64


def review(classified: LaporClass) -> commands.ReviewReport:
    return commands.ReviewReport(
        case=CASE,
        summary=SUMMARY,
        classified=classified,
        complaint=COMPLAINT,
        words=TEXT,
        identity=IDENTITY,
    )


REQUEST = review(LaporClass.INFORMATION_REQUEST)


@pytest.mark.parametrize(
    "classified", [LaporClass.INFORMATION_REQUEST, LaporClass.ASPIRATION]
)
def test_a_reviewed_report_stays_received(classified):
    Given(reported()).when(review(classified), by=LIAISON).then(
        events.LaporReviewed(classified=classified, summary=SUMMARY)
    ).leaves(stage=Stage.RECEIVED, reviewed=classified)


@pytest.mark.parametrize("anonymous", [True, False])
@pytest.mark.parametrize("confidential", [True, False])
def test_a_report_that_is_a_complaint_becomes_one_and_its_case_closes(
    anonymous, confidential
):
    report = reported(anonymous=anonymous, confidential=confidential)
    then = Given(report).when(review(LaporClass.COMPLAINT), by=LIAISON)
    then.then(
        events.LaporReviewed(
            classified=LaporClass.COMPLAINT, summary=SUMMARY, complaint=COMPLAINT
        ),
        events.Closed(reason="complaint"),
        Fact(
            event=events.ComplaintOpened(
                agency=BPPD,
                channel=ComplaintChannel.SP4N_LAPOR,
                category="sp4n_lapor",
                anonymous=anonymous,
                confidential=confidential,
                words=TEXT,
                person=PERSON,
                case=CASE,
                identity=None if anonymous else IDENTITY,
                due=(
                    complaint_term(MORNING + MINUTE),
                    lapor_follow_up(MORNING + MINUTE),
                ),
            ),
            stream=COMPLAINT,
        ),
    ).leaves(stage=Stage.CLOSED, outcome=None)


def test_a_complaint_needs_a_door_for_complaints_from_sp4n_lapor():
    bppd = OFFICES[BPPD]
    box = ComplaintDoor(n=1, published="-", channel=ComplaintChannel.SUGGESTION_BOX)
    closed = replace(bppd, standard=replace(bppd.standard, complaint_doors=(box,)))
    Given(reported(), office=closed).when(
        review(LaporClass.COMPLAINT), by=LIAISON
    ).then_refused(errors.ChannelClosedError, channel=ComplaintChannel.SP4N_LAPOR)


def test_a_report_is_reviewed_once():
    Given(reported(), reviewed()).when(REQUEST, by=LIAISON).then_refused(
        errors.AlreadyReviewedError,
        stage=Stage.RECEIVED,
        allowed=("received and not yet reviewed",),
    )


@pytest.mark.parametrize(
    ("came", "channel"),
    [(visited(), Channel.FACE_TO_FACE), (lettered(), Channel.LETTER)],
)
def test_only_reports_are_reviewed(came, channel):
    Given(came).when(REQUEST, by=LIAISON).then_refused(
        errors.WrongChannelError, channel=channel, allowed=(Channel.SP4N_LAPOR,)
    )


@pytest.mark.parametrize("stage", outside(REPORTS, Stage.RECEIVED))
def test_a_report_is_not_reviewed_after_its_disposition(stage):
    Given(*REPORTS[stage]).when(REQUEST, by=LIAISON).then_refused(
        errors.WrongStageError, stage=stage, allowed=(Stage.RECEIVED,)
    )


def test_a_complaint_from_a_report_must_be_classified_within_sixty_days():
    due = complaint_term(MORNING)
    assert (due.clock, due.day_kind) == (Clock.COMPLAINT, DayKind.CALENDAR)
    assert (due.due_on - MORNING.date()).days == 60
