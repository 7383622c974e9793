"""One fold for every history of the register.

Of cases, complaints, objections, data subjects' requests and breaches. A visit without
a case has one entry and no state.
"""

from collections.abc import Iterable
from typing import TypeAlias, assert_never

from domain import breach, complaint, data_request, events, evolution, objection
from domain.breach import Breach
from domain.case import LEFT, Case
from domain.complaint import Complaint
from domain.data_request import FINISHED, DataRequest
from domain.facts import By
from domain.objection import Objection
from domain.values import BreachStage, ComplaintStage, Stage

Matter: TypeAlias = Case | Complaint | Objection | DataRequest | Breach
"""What a history is about, as it stands."""


def evolve(matter: Matter | None, event: events.AnyEvent, by: By) -> Matter | None:
    """The matter after a fact; None for a visit. What opens a history says its kind."""
    if isinstance(matter, Case) or isinstance(event, events.Received):  # most are
        assert matter is None or isinstance(matter, Case)
        assert isinstance(event, events.CASE_EVENTS)
        return evolution.evolve(matter, event, by)
    if isinstance(event, events.Visited):
        return None
    if isinstance(matter, Complaint) or isinstance(event, events.ComplaintOpened):
        assert matter is None or isinstance(matter, Complaint)
        assert isinstance(event, events.COMPLAINT_EVENTS)
        return complaint.evolve(matter, event, by)
    if isinstance(matter, DataRequest) or isinstance(event, events.DataRequestReceived):
        assert matter is None or isinstance(matter, DataRequest)
        assert isinstance(event, events.DATA_REQUEST_EVENTS)
        return data_request.evolve(matter, event, by)
    if isinstance(matter, Breach) or isinstance(event, events.BreachRecorded):
        assert matter is None or isinstance(matter, Breach)
        assert isinstance(event, events.BREACH_EVENTS)
        return breach.evolve(matter, event, by)
    assert isinstance(event, events.OBJECTION_EVENTS)
    return objection.evolve(matter, event, by)


def folded(history: Iterable[tuple[events.AnyEvent, By]]) -> Matter | None:
    """The matter after a whole history; None for a visit, and where there is none."""
    matter: Matter | None = None
    for event, by in history:
        matter = evolve(matter, event, by)
    return matter


def is_over(matter: Matter) -> bool:
    """Whether nothing is owed to anybody any more: closed, or gone another way."""
    match matter:
        case Case(stage=stage):
            return stage is Stage.CLOSED or stage in LEFT
        case Complaint(stage=stage):
            return stage is ComplaintStage.CLOSED
        case Objection():
            return False
        case DataRequest(stage=stage):
            return stage in FINISHED
        case Breach(stage=stage):
            return stage is BreachStage.CLOSED
        case _:
            assert_never(matter)
