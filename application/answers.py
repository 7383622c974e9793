"""Writes the desk's answers: how a matter stands after an act."""

from datetime import datetime
from typing import assert_never

import msgspec

from application.page import Entered
from application.recorded import (
    CaseRecorded,
    ComplaintRecorded,
    DataBreachRecorded,
    DataRequestRecorded,
    ObjectionRecorded,
    VisitRecorded,
)
from domain import events
from domain.breach import Breach
from domain.case import Case
from domain.clock_faces import ClockFace, faces
from domain.clocks import RunningClock
from domain.complaint import Complaint
from domain.data_request import DataRequest
from domain.objection import Objection
from domain.office import Office
from domain.values import Stage

_encode = msgspec.json.Encoder().encode


def answer(entered: Entered, recorded_at: datetime, office: Office) -> bytes:
    """The answer's JSON; its times are the agency's, its position is not yet known."""
    matter = None if entered.standing is None else entered.standing.matter
    match matter:
        case Case():
            return _encode(_case(entered, matter, recorded_at, office))
        case Complaint():
            return _encode(_complaint(entered, matter, recorded_at, office))
        case Objection():
            return _encode(_objection(entered, matter, recorded_at, office))
        case DataRequest():
            return _encode(_data_request(entered, matter, recorded_at, office))
        case Breach():
            return _encode(_breach(entered, matter, recorded_at, office))
        case None:
            return _encode(_visit(entered, recorded_at, office))
        case _:
            assert_never(matter)


def _visit(entered: Entered, recorded_at: datetime, office: Office) -> VisitRecorded:
    visited = entered.facts[0].event
    assert isinstance(visited, events.Visited)
    return VisitRecorded(
        visit=entered.errand.subject,
        agency=visited.agency,
        outcome=visited.outcome,
        version=entered.version,
        position=0,
        recorded_at=office.calendar.local(recorded_at),
    )


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
        warnings=entered.errand.warnings or msgspec.UNSET,
    )


def _objection(
    entered: Entered,
    objection: Objection,
    recorded_at: datetime,
    office: Office,
) -> ObjectionRecorded:
    return ObjectionRecorded(
        objection=entered.errand.subject,
        case=objection.case,
        version=entered.version,
        position=0,
        recorded_at=office.calendar.local(recorded_at),
        stage=objection.stage,
        clocks=_clocks(objection.clocks, recorded_at, office),
    )


def _data_request(
    entered: Entered, request: DataRequest, recorded_at: datetime, office: Office
) -> DataRequestRecorded:
    return DataRequestRecorded(
        data_request=entered.errand.subject,
        person=request.received.person,
        kind=request.received.kind,
        version=entered.version,
        position=0,
        recorded_at=office.calendar.local(recorded_at),
        stage=request.stage,
        clocks=_clocks(request.clocks, recorded_at, office),
        warnings=entered.errand.warnings or msgspec.UNSET,
    )


def _breach(
    entered: Entered, breach: Breach, recorded_at: datetime, office: Office
) -> DataBreachRecorded:
    return DataBreachRecorded(
        breach=entered.errand.subject,
        version=entered.version,
        position=0,
        recorded_at=office.calendar.local(recorded_at),
        stage=breach.stage,
        persons=len(breach.recorded.persons),
        clocks=_clocks(breach.clocks, recorded_at, office),
    )


def _case(
    entered: Entered, case: Case, recorded_at: datetime, office: Office
) -> CaseRecorded:
    first = entered.facts[0].event
    drafted = isinstance(first, events.Drafted)
    opened = [
        fact.stream for fact in entered.facts if isinstance(fact.event, events.Received)
    ]
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
        complaint=first.complaint or msgspec.UNSET
        if isinstance(first, events.LaporReviewed)
        else msgspec.UNSET,
        new_case=next((case_id for case_id in opened if case_id), msgspec.UNSET),
        warnings=entered.errand.warnings or msgspec.UNSET,
    )
