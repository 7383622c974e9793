"""Taking complaints in, and handling them to the end (penanganan pengaduan)."""

from typing import assert_never

from domain import commands, deadlines, errors, events
from domain.complaint import Complaint
from domain.facts import Fact
from domain.office import Act, Office
from domain.values import Clock, DayKind


def opened(
    command: commands.Complain, act: Act, office: Office
) -> events.ComplaintOpened:
    """The complaint as it is taken in; its clock runs until it is classified.

    UU 25/2009 and Perpres 76/2013: sixty days.
    """
    if not office.standard.takes_complaints_by(command.channel):
        raise errors.ChannelClosedError(command.channel)
    due = deadlines.term(
        Clock.COMPLAINT,
        act.occurred_at,
        office.standard.complaint_terms.unclassified_calendar_days,
        DayKind.CALENDAR,
        office.calendar,
    )
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
        due=(due,),
    )


def complain(command: commands.Complain, act: Act, office: Office) -> tuple[Fact, ...]:
    """Open in every stage of a case; the case's own history says that it came."""
    entered = Fact(event=opened(command, act, office), stream=command.complaint)
    if command.case is None:
        return (entered,)
    noted = events.Complained(complaint=command.complaint, channel=command.channel)
    return (Fact(event=noted, stream=command.case), entered)


def decide(
    complaint: Complaint, command: commands.ComplaintCommand, act: Act, office: Office
) -> tuple[Fact, ...]:
    """What follows from a wish about a complaint that stands, or a refusal."""
    if act.occurred_at < complaint.last_at:
        raise errors.OutOfOrderError(act.occurred_at, complaint.last_at)
    match command:
        case (
            commands.ClassifyComplaint()
            | commands.FollowUpComplaint()
            | commands.AnswerComplaint()
            | commands.CloseComplaint()
        ):
            raise NotImplementedError(office)
        case _:
            assert_never(command)
