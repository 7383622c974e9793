"""Why a person's data are still needed: what the law lets run before they may go.

The ends of the windows are the matters' own clocks; nothing is counted here.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TypeAlias, assert_never
from uuid import UUID

import msgspec

from domain import grounds
from domain.case import UNANSWERED, Case
from domain.clock_faces import after_the_superiors_silence
from domain.complaint import Complaint
from domain.data_request import DataRequest
from domain.objection import Objection
from domain.office import Office
from domain.values import (
    Clock,
    ComplaintStage,
    DataRequestStage,
    HoldGround,
    ObjectionStage,
    PersonId,
)

HoldsData: TypeAlias = Case | Complaint | Objection | DataRequest
"""Matters in which a person's data stand."""


class Hold(msgspec.Struct, frozen=True, omit_defaults=True):
    """One reason why data stay, and until when."""

    ground: HoldGround
    matter: UUID | None = None
    """The history it stands in; None where a person named it."""
    until: datetime | None = None
    """None while nobody can tell."""


def concerned(id_: UUID, matter: object, office: Office) -> "Concerned | None":
    """A matter that may hold a person's data; None for what holds none itself."""
    if isinstance(matter, HoldsData):
        return Concerned(id_, matter, office)
    return None


class Concerned(msgspec.Struct, frozen=True):
    """A matter that touches a person's data, with the office it is under.

    What somebody else complains of in his case keeps his data, and is not his matter.
    """

    id: UUID
    matter: HoldsData
    office: Office

    @property
    def person(self) -> PersonId:
        """Whose data stand in it."""
        return person_of(self.matter)


def person_of(matter: HoldsData) -> PersonId:
    """Under whose key what is sealed of the matter stands."""
    match matter:
        case Case(person=person):
            return person
        case Complaint(opened=opened):
            return opened.person
        case Objection(filed=filed):
            return filed.person
        case DataRequest(received=received):
            return received.person
        case _:
            assert_never(matter)


def holds(concerned: Iterable[Concerned], at: datetime) -> tuple[Hold, ...]:
    """All that keeps the data of these matters at an instant."""
    return tuple(hold for one in concerned for hold in _of(one, at))


def until(standing: Iterable[Hold]) -> datetime | None:
    """When the last of them is over; None where one has no end that is known."""
    ends = [one.until for one in standing]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def _of(one: Concerned, at: datetime) -> Iterator[Hold]:
    match one.matter:
        case Case() as case:
            yield from _of_case(one.id, case, one.office, at)
        case Complaint(stage=stage):
            if stage is not ComplaintStage.CLOSED:
                yield Hold(HoldGround.COMPLAINT_OPEN, one.id)
        case Objection() as objection:
            yield from _of_objection(one.id, objection, one.office, at)
        case DataRequest() as request:
            yield from kept(one.id, request, at)
        case _:
            assert_never(one.matter)


def kept(request_id: UUID | None, request: DataRequest, at: datetime) -> Iterator[Hold]:
    """A duty that its deferral named; it keeps the data until its day is over."""
    ground, end = request.kept_for, request.kept_until
    waits = request.stage is DataRequestStage.DEFERRED
    if waits and ground is not None and end is not None and at < end:
        yield Hold(ground, request_id, end)


def _of_case(case_id: UUID, case: Case, office: Office, at: datetime) -> Iterator[Hold]:
    if case.erased:
        return
    if case.stage in UNANSWERED or case.holds_id_card:
        yield Hold(HoldGround.CASE_OPEN, case_id)
    window = grounds.window(case, office, at)
    if window is not None and not window.ran_out(at):
        yield Hold(HoldGround.OBJECTION_WINDOW, case_id, window.due.due_at)


def _of_objection(
    objection_id: UUID, objection: Objection, office: Office, at: datetime
) -> Iterator[Hold]:
    """The superior may still rule however late; the Commission takes its time."""
    match objection.stage:
        case ObjectionStage.FILED:
            yield Hold(HoldGround.OBJECTION_OPEN, objection_id)
            silent = after_the_superiors_silence(
                objection.clocks, office.standard.statute, office.calendar, at
            )
            if silent is not None and at < silent.due_at:
                yield Hold(HoldGround.DISPUTE_WINDOW, objection_id, silent.due_at)
        case ObjectionStage.DECIDED:
            for clock in objection.clocks:
                if clock.due.clock is Clock.DISPUTE and not clock.ran_out(at):
                    due_at = clock.due.due_at
                    yield Hold(HoldGround.DISPUTE_WINDOW, objection_id, due_at)
        case ObjectionStage.DISPUTED:
            if not objection.has_result:
                yield Hold(HoldGround.DISPUTE_OPEN, objection_id)
        case _:
            assert_never(objection.stage)
