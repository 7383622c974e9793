"""Writes the desk's answers: how a case, a complaint or a visit stands after an act."""

from datetime import datetime

import msgspec

from application.page import Entered
from application.recorded import CaseRecorded, ComplaintRecorded, VisitRecorded
from domain import events
from domain.clock_faces import ClockFace, faces
from domain.complaint import Complaint, evolve
from domain.deadlines import RunningClock
from domain.office import Office
from domain.values import Stage

_encode = msgspec.json.Encoder().encode


def answer(entered: Entered, recorded_at: datetime, office: Office) -> bytes:
    """The answer's JSON; its times are the agency's, its position is not yet known."""
    match entered.facts[-1].event:
        case events.Visited(agency=agency, outcome=outcome):
            return _encode(
                VisitRecorded(
                    visit=entered.errand.subject,
                    agency=agency,
                    outcome=outcome,
                    version=entered.version,
                    position=0,
                    recorded_at=office.calendar.local(recorded_at),
                )
            )
        case events.ComplaintOpened() as opened if entered.standing is None:
            complaint = evolve(opened, recorded_at)
            return _encode(_complaint(entered, complaint, recorded_at, office))
        case _:
            return _encode(_case(entered, recorded_at, office))


def _clocks(
    clocks: tuple[RunningClock, ...], at: datetime, office: Office
) -> tuple[ClockFace, ...]:
    return faces(clocks, office.standard.statute, office.calendar, at)


def _complaint(
    entered: Entered,
    complaint: Complaint,
    recorded_at: datetime,
    office: Office,
) -> ComplaintRecorded:
    return ComplaintRecorded(
        complaint=entered.errand.subject,
        case=complaint.opened.case,
        version=entered.version,
        position=0,
        recorded_at=office.calendar.local(recorded_at),
        stage=complaint.stage,
        clocks=_clocks(complaint.clocks, recorded_at, office),
    )


def _case(entered: Entered, recorded_at: datetime, office: Office) -> CaseRecorded:
    assert entered.standing is not None
    case = entered.standing.case
    drafted = isinstance(entered.facts[0].event, events.Drafted)
    reviewed = entered.facts[0].event
    return CaseRecorded(
        case=entered.errand.subject,
        registration_number=case.registration_number,
        version=entered.version,
        position=0,
        recorded_at=office.calendar.local(recorded_at),
        stage=case.stage,
        outcome=case.outcome,
        clocks=_clocks(case.clocks, recorded_at, office),
        draft=case.draft.n if drafted and case.draft else msgspec.UNSET,
        missing=case.missing if case.stage is Stage.INCOMPLETE else msgspec.UNSET,
        complaint=reviewed.complaint or msgspec.UNSET
        if isinstance(reviewed, events.LaporReviewed)
        else msgspec.UNSET,
    )
