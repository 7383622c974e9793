"""Complaints and visits without a case, as the answers to their commands show them."""

from collections.abc import Sequence
from datetime import datetime

from application.entries import Entry
from application.recorded import ComplaintRecorded, VisitRecorded
from domain import events
from domain.clock_faces import faces
from domain.complaint import Complaint, evolve
from domain.office import Office
from domain.values import AgencyCode


def agency_of(entries: Sequence[Entry]) -> AgencyCode | None:
    """Whose complaint or visit it is; None where it is neither."""
    match entries[0].event if entries else None:
        case events.ComplaintOpened(agency=agency) | events.Visited(agency=agency):
            return agency
        case _:
            return None


def complaint(
    entries: Sequence[Entry], office: Office, now: datetime
) -> ComplaintRecorded | None:
    """A complaint as it stands; None where these entries are not one's."""
    folded: Complaint | None = None
    for entry in entries:
        if not isinstance(entry.event, events.COMPLAINT_EVENTS):
            return None
        folded = evolve(folded, entry.event, entry.by())
    if folded is None:
        return None
    last = entries[-1]
    return ComplaintRecorded(
        complaint=last.stream,
        case=folded.opened.case,
        version=last.version,
        position=last.position,
        recorded_at=office.calendar.local(last.recorded_at),
        stage=folded.stage,
        clocks=faces(folded.clocks, office.standard.statute, office.calendar, now),
    )


def visit(entries: Sequence[Entry], office: Office) -> VisitRecorded | None:
    """An entry of the guest book; None where these entries are something else."""
    if not entries or not isinstance(entries[0].event, events.Visited):
        return None
    entry = entries[0]
    return VisitRecorded(
        visit=entry.stream,
        agency=entries[0].event.agency,
        outcome=entries[0].event.outcome,
        version=entry.version,
        position=entry.position,
        recorded_at=office.calendar.local(entry.recorded_at),
    )
