"""One fold for every history of the register: a case's, a complaint's, an objection's.

A visit without a case has one entry and no state.
"""

from collections.abc import Iterable
from typing import TypeAlias, assert_never

from domain import complaint, events, evolution, objection
from domain.case import LEFT, Case
from domain.complaint import Complaint
from domain.facts import By
from domain.objection import Objection
from domain.values import ComplaintStage, Stage

Matter: TypeAlias = Case | Complaint | Objection
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
        assert not isinstance(matter, Objection)
        assert isinstance(event, events.COMPLAINT_EVENTS)
        return complaint.evolve(matter, event, by)
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
        case _:
            assert_never(matter)
