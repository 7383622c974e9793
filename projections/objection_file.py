"""An objection as the answers to its commands show it (keberatan)."""

from collections.abc import Sequence
from datetime import datetime

from application.entries import Entry
from application.recorded import ObjectionRecorded
from domain import events
from domain.clock_faces import faces
from domain.objection import Objection, evolve
from domain.office import Office


def objection_file(
    entries: Sequence[Entry], office: Office, now: datetime
) -> ObjectionRecorded:
    """An objection as it stands after its entries, of which there is one at least."""
    folded: Objection | None = None
    for entry in entries:
        assert isinstance(entry.event, events.OBJECTION_EVENTS)
        folded = evolve(folded, entry.event, entry.by())
    assert folded is not None
    last = entries[-1]
    return ObjectionRecorded(
        objection=last.stream,
        case=folded.case,
        version=last.version,
        position=last.position,
        recorded_at=office.calendar.local(last.recorded_at),
        stage=folded.stage,
        clocks=faces(folded.clocks, office.standard.statute, office.calendar, now),
    )
