"""Complaints about the service (pengaduan), with or without a case.

A complaint has a history of its own. It is not an objection (keberatan), which
attacks the decision.
"""

from datetime import datetime

import msgspec

from domain import commands, deadlines, errors, events
from domain.deadlines import RunningClock, with_started
from domain.facts import Fact
from domain.office import Act, Office
from domain.values import AgencyCode, Clock, ComplaintStage, DayKind


class Complaint(msgspec.Struct, frozen=True):
    """What answers and, later, the rules of handling need of a complaint."""

    agency: AgencyCode
    stage: ComplaintStage
    last_at: datetime
    opened: events.ComplaintOpened
    clocks: tuple[RunningClock, ...]


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


def evolve(event: events.ComplaintEvent, at: datetime) -> Complaint:
    """The complaint after it was opened; its handling is not recorded yet."""
    return Complaint(
        agency=event.agency,
        stage=ComplaintStage.OPENED,
        last_at=at,
        opened=event,
        clocks=with_started((), event.due),
    )
