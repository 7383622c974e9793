"""Taking complaints in, and handling them to the end (penanganan pengaduan).

Whose affair a complaint is, the authority table knows by its kind.
"""

from typing import assert_never

from domain import commands, deadlines, errors, events
from domain.complaint import Complaint
from domain.due import Due
from domain.facts import Fact, facts
from domain.office import Act, Office
from domain.order import in_order
from domain.values import (
    Clock,
    ComplaintChannel,
    ComplaintClass,
    ComplaintStage,
    DayKind,
    OfficialId,
    Role,
)

HANDLED = (ComplaintStage.CLASSIFIED, ComplaintStage.FOLLOWED_UP)
"""Stages in which something is done about a complaint."""

UNANSWERED = (ComplaintStage.OPENED, *HANDLED)
"""Stages in which its class may still turn out to be another."""


def _is_head(about: OfficialId | None, office: Office) -> bool:
    found = office.directory.known(about or "", office.agency)
    return found is not None and Role.AGENCY_HEAD in found.roles


def _is_only_officer(about: OfficialId | None, office: Office) -> bool:
    handling = {
        one.id
        for one in office.directory.officials.values()
        if one.agency == office.agency and Role.COMPLAINT_OFFICER in one.roles
    }
    others = (one for one in handling if one != about)
    return about in handling and not any(
        office.directory.find(one, office.agency) for one in others
    )


def _terms(command: commands.Complain, act: Act, office: Office) -> tuple[Due, ...]:
    """Sixty days until it is classified (UU 25/2009, Perpres 76/2013).

    SP4N-LAPOR! itself wants something done within five working days.
    """
    settled = deadlines.term(
        Clock.COMPLAINT,
        act.occurred_at,
        office.standard.complaint_terms.unclassified_calendar_days,
        DayKind.CALENDAR,
        office.calendar,
    )
    if command.channel is not ComplaintChannel.SP4N_LAPOR:
        return (settled,)
    followed_up = deadlines.term(
        Clock.LAPOR_FOLLOW_UP,
        act.occurred_at,
        office.standard.lapor_terms.follow_up_working_days,
        DayKind.WORKING,
        office.calendar,
    )
    return (settled, followed_up)


def opened(
    command: commands.Complain, act: Act, office: Office
) -> events.ComplaintOpened:
    """The complaint as it is taken in; its clock runs until it is classified."""
    if not office.standard.takes_complaints_by(command.channel):
        raise errors.ChannelClosedError(command.channel)
    return events.ComplaintOpened(
        agency=office.agency,
        channel=command.channel,
        category=command.category,
        anonymous=command.anonymous,
        confidential=command.confidential,
        words=command.words,
        person=command.person,
        case=command.case,
        about=command.about,
        about_head=_is_head(command.about, office),
        about_only_officer=_is_only_officer(command.about, office),
        identity=None if command.anonymous else command.identity,
        due=_terms(command, act, office),
    )


def complain(command: commands.Complain, act: Act, office: Office) -> tuple[Fact, ...]:
    """Open in every stage of a case; the case's own history says that it came."""
    entered = Fact(event=opened(command, act, office), stream=command.complaint)
    if command.case is None:
        return (entered,)
    noted = events.Complained(complaint=command.complaint, channel=command.channel)
    return (Fact(event=noted, stream=command.case), entered)


def _classified(
    complaint: Complaint, classified: ComplaintClass, act: Act, office: Office
) -> events.ComplaintClassified:
    """Sorted, its term begins anew, once: another class counts from that day too.

    A term that had run out when we were told stays missed.
    """
    if classified is complaint.classified:
        raise errors.AlreadyClassifiedError(classified)
    terms = office.standard.complaint_terms
    days = (
        terms.supervisory_working_days
        if classified is ComplaintClass.SUPERVISORY
        else terms.not_supervisory_working_days
    )
    due = deadlines.term(
        Clock.COMPLAINT,
        complaint.classified_at or act.occurred_at,
        days,
        DayKind.WORKING,
        office.calendar,
    )
    missed = tuple(
        clock.due.clock
        for clock in complaint.clocks
        if clock.due.clock is due.clock and clock.ran_out(act.told_at)
    )
    return events.ComplaintClassified(classified=classified, missed=missed, due=(due,))


def decide(
    complaint: Complaint, command: commands.ComplaintCommand, act: Act, office: Office
) -> tuple[Fact, ...]:
    """What follows from a wish about a complaint that stands, or a refusal."""
    in_order(complaint.last_at, act.occurred_at)
    if complaint.opened.about in {act.official.id, act.holder.id}:
        raise errors.ComplainedOfError
    match command:
        case commands.ClassifyComplaint(classified=classified):
            complaint.must_be(*UNANSWERED)
            return facts(_classified(complaint, classified, act, office))
        case commands.FollowUpComplaint(action=action):
            complaint.must_be(*HANDLED)
            return facts(events.ComplaintFollowedUp(action=action))
        case commands.AnswerComplaint(text=text, document=document):
            complaint.must_be(*HANDLED)
            return facts(events.ComplaintAnswered(text=text, document=document))
        case commands.CloseComplaint(reason=reason):
            complaint.must_be(ComplaintStage.ANSWERED)
            return facts(events.ComplaintClosed(reason=reason))
        case _:
            assert_never(command)
