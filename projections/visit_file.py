"""A visit without a case, as the answer to its command shows it (buku tamu)."""

from application.entries import Entry
from application.recorded import VisitRecorded
from domain import events
from domain.office import Office


def visit(entry: Entry, visited: events.Visited, office: Office) -> VisitRecorded:
    """An entry of the guest book."""
    return VisitRecorded(
        visit=entry.stream,
        agency=visited.agency,
        outcome=visited.outcome,
        version=entry.version,
        position=entry.position,
        recorded_at=office.calendar.local(entry.recorded_at),
    )
