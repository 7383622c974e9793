"""Complaints by every door, of anybody, about anything, handled by the right one."""

import pytest

from application.office import authority
from domain import commands, errors, events
from domain.values import (
    ComplaintChannel,
    ComplaintClass,
    ComplaintKind,
    ComplaintStage,
    Role,
    Stage,
)
from tests.domain.edge_cases.matter import Matter
from tests.domain.edge_cases.wishes import (
    SAY,
    complain,
    receive_letter,
    visit,
)
from tests.domain.offices import (
    ANALYST,
    BIRO,
    BPPD,
    CLERK,
    DIVISION_HEAD,
    HEAD,
    RECEPTIONIST,
    SEKDA,
)
from tests.domain.words import CASE, COMPLAINT, TOLD

CAME = "2026-11-10 09:00"
LATER = "2026-11-11 09:00"
CLASSIFY = commands.ClassifyComplaint(classified=ComplaintClass.NOT_SUPERVISORY)
FOLLOW_UP = commands.FollowUpComplaint(action="petugas ditegur")
ANSWER = commands.AnswerComplaint(text=TOLD)
CLOSE = commands.CloseComplaint(reason="selesai")
AUTHORITY = authority.load()


def handlers(kind: ComplaintKind) -> set[Role]:
    """The roles that may answer complaints of a kind."""
    return {role for role in Role if AUTHORITY.row([role], "complaints:answer", kind)}


def through_to_the_end(matter: Matter, by: str) -> None:
    for wish in (CLASSIFY, FOLLOW_UP, ANSWER, CLOSE):
        matter.act(wish, by, LATER)
    assert matter.complaint.stage is ComplaintStage.CLOSED


@pytest.mark.parametrize("agency", [BIRO, BPPD])
@pytest.mark.parametrize("channel", ComplaintChannel)
def test_a_complaint_through_each_of_the_four_channels(channel, agency):
    matter = Matter(agency)
    visit(matter, CAME)
    matter.act(complain(channel, case=CASE), RECEPTIONIST, CAME)
    assert matter.history()[-1] is events.Complained
    assert matter.complaint.opened.channel is channel
    through_to_the_end(matter, CLERK)


def test_a_complaint_anonymous_points_to_no_complainant():
    matter = Matter()
    matter.act(complain(anonymous=True), RECEPTIONIST, CAME)
    assert matter.complaint.opened.anonymous
    assert matter.complaint.opened.identity is None
    through_to_the_end(matter, CLERK)


def test_a_complaint_about_no_case_has_a_history_of_its_own_only():
    matter = Matter()
    matter.act(complain(ComplaintChannel.SUGGESTION_BOX), RECEPTIONIST, CAME)
    assert list(matter.histories) == [COMPLAINT]
    assert matter.complaint.opened.case is None
    through_to_the_end(matter, CLERK)


@pytest.mark.parametrize("agency", [BIRO, BPPD])
def test_a_complaint_about_the_head_goes_to_the_regional_secretary(agency):
    matter = Matter(agency)
    matter.act(complain(about=HEAD), RECEPTIONIST, CAME)
    assert matter.complaint.kind is ComplaintKind.ABOUT_HEAD
    assert handlers(ComplaintKind.ABOUT_HEAD) == {Role.REGIONAL_SECRETARY}
    matter.refuses(errors.ComplainedOfError, CLASSIFY, HEAD, LATER)
    through_to_the_end(matter, SEKDA)


def test_a_complaint_about_anybody_else_stays_with_the_agency():
    matter = Matter()
    matter.act(complain(about=DIVISION_HEAD), RECEPTIONIST, CAME)
    assert matter.complaint.kind is ComplaintKind.ORDINARY
    assert handlers(ComplaintKind.ORDINARY) == {Role.COMPLAINT_OFFICER}


def test_a_complaint_does_not_keep_its_case_from_being_answered_and_closed():
    matter = Matter()
    visit(matter, CAME, card=None)
    matter.act(complain(case=CASE), RECEPTIONIST, CAME)
    matter.act(SAY, ANALYST, LATER)
    matter.act(commands.Close(), RECEPTIONIST, LATER)
    assert matter.case.stage is Stage.CLOSED
    assert matter.complaint.stage is ComplaintStage.OPENED


def test_a_complaint_may_come_when_its_case_is_closed():
    matter = Matter()
    receive_letter(matter, CAME)
    matter.act(commands.Withdraw(how="surat"), CLERK, LATER)
    matter.act(commands.Close(), CLERK, LATER)
    matter.act(complain(case=CASE), RECEPTIONIST, LATER)
    assert matter.case.stage is Stage.CLOSED
    through_to_the_end(matter, CLERK)
