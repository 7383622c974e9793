"""Random walks of the domain's tests, as a register holds them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import accumulate
from random import Random
from uuid import UUID, uuid5

from application.entries import Entry, Metadata, NewEntry
from domain import events
from domain.case import Case
from domain.evolution import evolve
from projections.case_row import Row
from projections.course import Course
from projections.trail_row import opened_in
from tests.domain.paper import Line
from tests.domain.test_every_history import HOPES
from tests.domain.walking import Walk


def walked(seed: int, steps: int = 200) -> Walk:
    """What both agencies did in so many steps."""
    dice, walk = Random(seed), Walk()
    for _ in range(steps):
        is_crowded = len(walk.register.cases) > 10
        getattr(walk, dice.choice(HOPES[is_crowded:]))(dice.choice)
    return walk


def rows_of(stream: UUID, history: Sequence[Line]) -> Iterator[Row]:
    """A case's row after each of its entries."""
    case: Case | None = None
    course = Course()
    for line in history:
        assert isinstance(line.event, events.CASE_EVENTS)
        case = evolve(case, line.event, line.teller)
        course = course.after(case, line.event)
        yield Row(stream, line.version, 1, case, course)


def entries_of(walk: Walk) -> list[NewEntry]:
    """Everything in the order told, a history's own in its order."""
    made = [
        NewEntry(
            stream=stream,
            version=line.version,
            event=line.event,
            event_id=uuid5(stream, str(line.version)),
            occurred_at=line.at,
            recorded_at=told_at,
            metadata=Metadata(
                official=line.by or None,
                rule="row",
                agency=opened_in(history[0].event),
            ),
        )
        for stream, history in walk.register.histories.items()
        for line, told_at in zip(history, _told(history), strict=True)
    ]
    return sorted(made, key=lambda one: (one.recorded_at, one.version))


def _told(history: Sequence[Line]) -> Iterator[datetime]:
    """When each was recorded: never before the one that stands before it.

    A calendar announced bears the time of the fact before it, told or not by then.
    """
    return accumulate((line.told_at or line.at for line in history), max)


def is_case(history: Sequence[Line | Entry]) -> bool:
    """Whether it is a case's history, and no complaint's, objection's or visit's."""
    return isinstance(history[0].event, events.Received)
